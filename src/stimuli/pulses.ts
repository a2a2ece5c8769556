// `pulses(value, every: T, width: W, from: a, to: b)`: a value that is there for W at the beginning of each T, while it lasts.
import { period, span, time, value, type Shape } from "./shape.ts";

export const PULSES: Shape = {
  usage: "pulses(300 pA, every: 100 ms, width: 5 ms, from: 50 ms)",
  parts: [
    value("value", ["amplitude", "amp"]),
    period("every", ["period", "interval"]),
    time("width", ["duration", "dur", "length"]),
    ...span("open"),
  ],
  smooth: false,
  value: ({ part, maybe }, { during, repeated }) =>
    during(maybe("from"), maybe("to"), repeated(maybe("from"), part("every"), part("width"), part("value"))),
};
