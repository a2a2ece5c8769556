// Conductances drawn from a distribution that reaches below 0: those connections drive the neuron away from the reversal potential.
import { textOf } from "../../base/source.ts";
import { drawnBelowZero } from "../../diagnostics/network.ts";
import { CONDUCTANCE, equal, VOLTAGE } from "../../quantities/dimension.ts";
import * as math from "../../runtime/math.ts";
import type { CheckedDraw, CheckedExperiment, CheckedExpr, CheckedSynapse } from "../checked.ts";
import type { Say } from "../context.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";
import { visit } from "../walk.ts";

export function drawsNotNegative({ projections }: CheckedExperiment, say: Say): void {
  for (const { settings, synapse } of projections)
    for (const { target, value } of settings) {
      const { role, dimension, name } = target.quantity;
      if (value.kind !== "draw" || role !== "weight" || !equal(dimension, CONDUCTANCE) || !isDriven(synapse)) continue;
      const share = value.min === null ? shareBelowZero(value) : 0;
      if (share < LEAST) continue;
      const close = value.origin.end - 1;
      say(
        drawnBelowZero(value.origin, {
          name,
          drawn: textOf(value.origin),
          percent: String(Number((100 * share).toPrecision(2))),
          at: { ...value.origin, start: close, end: close },
        }),
      );
    }
}

/** Less is not told: one connection among a thousand. */
const LEAST = 1e-3;

/** Which share of the values lies below 0; of distributions that reach there by themselves. */
function shareBelowZero({ distribution, arguments: [first, second] }: CheckedDraw): number {
  const [a, b] = [first, second].map((e) => (e === undefined ? null : evaluateNumber(e, defaults())));
  if (typeof a !== "number" || typeof b !== "number") return 0;
  if (distribution === "uniform") return a < 0 && b > a ? Math.min(1, -a / (b - a)) : 0;
  return distribution === "normal" && b > 0 ? normalBelow(-a / b) : 0;
}

/** Φ(z) by Abramowitz and Stegun, 26.2.17: within 1e-7. */
function normalBelow(z: number): number {
  const k = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (math.exp((-z * z) / 2) / math.sqrt(2 * Math.PI)) *
    k *
    (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
  return z < 0 ? tail : 1 - tail;
}

/** Something flows by the distance to a fixed potential, g*(E - post.V); between potentials alone, as at a gap junction, a negative coupling may be meant. */
function isDriven({ contributions }: CheckedSynapse): boolean {
  let found = false;
  for (const { value } of contributions)
    visit(value, (e) => {
      found ||=
        e.kind === "arithmetic" &&
        e.operator === "-" &&
        equal(e.dimension, VOLTAGE) &&
        ((isEnd(e.right) && isFixed(e.left)) || (isEnd(e.left) && isFixed(e.right)));
    });
  return found;
}

function isEnd(e: CheckedExpr): boolean {
  return e.kind === "end" && e.end === "post";
}

function isFixed(e: CheckedExpr): boolean {
  const inner = e.kind === "negate" ? e.operand : e;
  return (
    inner.kind === "number" ||
    (inner.kind === "quantity" && (inner.quantity.role === "param" || inner.quantity.role === "const"))
  );
}
