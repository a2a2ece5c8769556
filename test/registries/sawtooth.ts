// A shape of a stimulus that nobody ships: `sawtooth(value, from: a, to: b)` rises straight from 0 to its value and falls back.
import { span, value, type Shape } from "../../src/stimuli/shape.ts";

export const SAWTOOTH: Shape = {
  usage: "sawtooth(300 pA, from: 10 ms, to: 20 ms)",
  parts: [value("peak", ["crest"]), ...span("needed")],
  smooth: true,
  value: ({ part }, { along, number, times }) =>
    along(part("from"), part("to"), number(0), (share) => times(part("peak"), share), number(0)),
};
