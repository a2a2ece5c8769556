// The structural difference of two checked models, as other rooms ask for it.
export type { Difference, Through } from "./difference.ts";
export { differenceOfExperiments } from "./experiments.ts";
export type { Swept } from "./seeThrough.ts";
export { differenceOfNeurons } from "./neurons.ts";
export { summaryOf, throughText, type Labels } from "./sentence.ts";
