// `ramp(v0, v1, from: a, to: b)`: straight from one value to another.
import { span, value, type Shape } from "./shape.ts";

export const RAMP: Shape = {
  usage: "ramp(0 pA, 500 pA, from: 0 ms, to: 1 s)",
  parts: [value("start"), value("end"), ...span("needed")],
  smooth: true,
  value: ({ part }, { along, plus, minus, times }) => {
    const [start, end] = [part("start"), part("end")];
    return along(part("from"), part("to"), start, (share) => plus(start, times(minus(end, start), share)), end);
  },
};
