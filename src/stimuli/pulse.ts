// `pulse(value, from: a, to: b)`: a value that is there for a while.
import { span, value, type Shape } from "./shape.ts";

export const PULSE: Shape = {
  usage: "pulse(300 pA, from: 100 ms, to: 900 ms)",
  parts: [value("value", ["amplitude", "amp", "amps"]), ...span("open")],
  smooth: false,
  value: ({ part, maybe }, { during }) => during(maybe("from"), maybe("to"), part("value")),
};
