// What is drawn once for each neuron or connection, by numpy, and what events draw, by Brian2's own functions.
import type { CheckedDraw, CheckedExpr } from "../../3-check/checked.ts";
import type { DistributionName } from "../../runtime/distributions.ts";
import type { Dimension } from "../../quantities/dimension.ts";
import { inUnit, type Unit } from "../../quantities/unit.ts";
import type { Refusal } from "../target.ts";
import { arithmetic, asWritten, grouped, type Written } from "./expressions.ts";
import { numberText, unitOf } from "./units.ts";

export interface DrawnNumbers {
  readonly distribution: DistributionName;
  /** Canonical. */
  readonly arguments: readonly number[];
  readonly min: number | null;
  readonly max: number | null;
}

/** The functions of numpy by what they take: in the order of our arguments, all of them values of the variable itself. */
const IN_NUMPY: Readonly<Record<DistributionName, (args: readonly string[], size: string) => string>> = {
  uniform: ([low = "", high = ""], size) => `np.random.uniform(${low}, ${high}, ${size})`,
  normal: ([mean = "", sd = ""], size) => `np.random.normal(${mean}, ${sd}, ${size})`,
  lognormal: ([mean = "", sd = ""], size) => `lognormal_of(${mean}, ${sd}, ${size})`,
  exponential: ([mean = ""], size) => `np.random.exponential(${mean}, ${size})`,
  gamma: ([mean = "", sd = ""], size) => `np.random.gamma((${mean}/${sd})**2, (${sd})**2/${mean}, ${size})`,
  poisson: ([mean = ""], size) => `np.random.poisson(${mean}, ${size})`,
  binomial: ([n = "", p = ""], size) => `np.random.binomial(${n}, ${p}, ${size})`,
};

/** An array of numbers with its unit. */
export function numpyDraw(draw: DrawnNumbers, size: string, dimension: Dimension, shown: Unit): string {
  const { text: unit, unit: inUnits } = unitOf(dimension, shown);
  const isScaled = draw.distribution !== "poisson" && draw.distribution !== "binomial";
  const number = (value: number): string => numberText(isScaled ? inUnit(value, inUnits) : value);
  const args = draw.arguments.map(number);
  const of = (count: string): string => IN_NUMPY[draw.distribution](args, count);
  if (draw.min === null && draw.max === null) return `${of(size)}${unit}`;
  const [low, high] = [draw.min === null ? "-inf" : number(draw.min), draw.max === null ? "inf" : number(draw.max)];
  return `between(${low}, ${high}, lambda n: ${of("n")}, ${size})${unit}`;
}

/** The value of a name in the statements of an event. */
export function eventDraw(
  { distribution, arguments: args, min, max }: CheckedDraw,
  text: (e: CheckedExpr) => string,
): { readonly text: string } | Refusal {
  const refused = (because: string): Refusal => ({
    what: `a draw from ${distribution} in an event`,
    because,
    help: ["uniform, normal, exponential and poisson without bounds can be exported"],
  });
  if (min !== null || max !== null)
    return refused("statements of Brian2 cannot draw again what falls outside of bounds");
  const [a, b] = args.map((e) => grouped(text(e))) as [Written, Written];
  switch (distribution) {
    case "uniform": {
      const drawn = arithmetic("*", grouped(arithmetic("-", b, a).text), asWritten("rand()"));
      return {
        text:
          a.text === "0"
            ? b.text === "1"
              ? "rand()"
              : arithmetic("*", b, asWritten("rand()")).text
            : arithmetic("+", a, drawn).text,
      };
    }
    case "normal":
      return { text: arithmetic("+", a, arithmetic("*", b, asWritten("randn()"))).text };
    case "exponential":
      return { text: `-${a.text}*log(rand())` };
    case "poisson":
      return { text: `poisson(${text(args[0] as CheckedExpr)})` };
    default:
      return refused("Brian2 has no function for it");
  }
}
