// `sine(amplitude, frequency: f, phase: 0, from: a, to: b)`: amplitude·sin(2π·f·(t − a) + phase) while it lasts.
import { frequency, plainNumber, span, value, type Shape } from "./shape.ts";

export const SINE: Shape = {
  usage: "sine(50 pA, frequency: 8 Hz)",
  parts: [value("amplitude", ["amp"]), frequency("frequency", ["freq", "f"]), plainNumber("phase", 0), ...span("open")],
  smooth: true,
  value: ({ part, maybe }, { t, during, number, plus, minus, times, sin }) => {
    const [from, to] = [maybe("from"), maybe("to")];
    const turns = times(times(number(2 * Math.PI), part("frequency")), minus(t, from ?? number(0)));
    return during(from, to, times(part("amplitude"), sin(plus(turns, part("phase")))));
  },
};
