// How two neurons differ.
import type { CheckedNeuron } from "../../3-check/checked.ts";
import { changesBetween } from "./changes.ts";
import type { Difference } from "./difference.ts";
import { neuronSystem } from "./neuronSystem.ts";
import { differenceFrom } from "./phrases.ts";
import { seeThrough } from "./seeThrough.ts";

/** Of the models by themselves, with the values that they declare. Pure, and bounded whatever the models. */
export function differenceOfNeurons(a: CheckedNeuron, b: CheckedNeuron): Difference {
  const [p, q] = [neuronSystem(a), neuronSystem(b)];
  return differenceFrom(p, q, changesBetween(p, q, seeThrough(p, q)));
}
