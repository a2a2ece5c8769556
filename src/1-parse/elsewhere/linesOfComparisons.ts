// Lines of comparisons and fits as other tools write them.
import { line, N } from "./line.ts";
import type { Line } from "./line.ts";

/** `rate*0.2`, `rmse(V)*0.2 mV` */
const WEIGHED_BEHIND = /([\p{L}_][\p{L}\p{N}_]*(?:\([^()]*\))?)\s*\*\s*([\d.]+)(?:\s*\p{L}+)?/gu;

export const COMPARISON_LINES: readonly Line[] = [
  line("comparison fit", `on\\s+(?<x>${N}(?:\\s*,\\s*${N})*)`, "on x in comparison", ({ x = "" }) => `under ${x}`),
  line("comparison fit", "measure\\s+.*(?<![-=])(?:[<>≤≥]|[!=]=).*", "measure a > b", () => null),
  line("fit", `measure\\s+(?<all>.*${N}(?:\\([^()]*\\))?\\s*\\*\\s*[\\d.]+.*)`, "m*0.2", ({ all = "" }) => `measure ${all.replace(WEIGHED_BEHIND, "$2*$1")}`),
]; // prettier-ignore
