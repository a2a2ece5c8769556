// Lines of comparisons and fits as other tools write them.
import { line, N } from "./line.ts";
import type { Line } from "./line.ts";

export const COMPARISON_LINES: readonly Line[] = [
  line("comparison fit", `on\\s+(?<x>${N}(?:\\s*,\\s*${N})*)`, "on x in comparison", ({ x = "" }) => `under ${x}`),
  line("comparison fit", "measure\\s+.*(?<![-=])(?:[<>≤≥]|[!=]=).*", "measure a > b", () => null),
]; // prettier-ignore
