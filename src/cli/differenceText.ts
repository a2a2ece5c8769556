// A structural difference in the terminal: the sentence, then what was added, removed and changed, part by part.
import type { StructuralItem } from "../compare/comparison.ts";
import { throughText, type Difference, type Labels } from "../compare/structure/index.ts";
import { ink, type Style } from "../render/ink.ts";

const HEADINGS: Readonly<Record<StructuralItem["part"], string>> = {
  population: "populations",
  state: "states",
  equation: "equations",
  input: "inputs",
  noise: "noise",
  threshold: "threshold",
  reset: "reset",
  event: "events",
  refractoriness: "refractoriness",
  synapse: "synapses",
  connectivity: "connectivity",
  stimulus: "stimulus",
  parameter: "parameters",
  constant: "constants",
  method: "methods",
  step: "step",
};

/** Texts of a change that fit beside each other; longer ones stand below each other. */
const BESIDE = 56;

export function differenceText(labels: Labels, sentence: string, { items, through }: Difference, style: Style): string {
  const parts = (Object.keys(HEADINGS) as StructuralItem["part"][]).filter((part) =>
    items.some((i) => i.part === part),
  );
  const lines = [ink(sentence, "strong", style)];
  for (const part of parts) {
    const own = items.filter((i) => i.part === part);
    const width = Math.max(...own.map((i) => [...i.name].length));
    lines.push("", HEADINGS[part], ...own.flatMap((i) => itemLines(i, width, style)));
  }
  // Two or three stand in the sentence already.
  if (through.length > 2) lines.push("", "seen through", ...through.map((t) => `    ${throughText(t, labels)}`));
  return `${lines.join("\n")}\n`;
}

function itemLines({ change, name, before, after, note }: StructuralItem, width: number, style: Style): string[] {
  const said = note === "" ? "" : `   (${note})`;
  const head = (sign: string): string => `${sign} ${name}${" ".repeat(width - [...name].length)}`;
  switch (change) {
    case "added":
      return [`  ${ink(`${head("+")}  ${after ?? ""}`.trimEnd(), "secondary", style)}${said}`];
    case "removed":
      return [`  ${ink(`${head("-")}  ${before ?? ""}`.trimEnd(), "error", style)}${said}`];
    case "changed": {
      const [old, now] = [before ?? "nothing", after ?? "nothing"];
      if (old.length + now.length <= BESIDE) return [`  ${ink(head("~"), "warning", style)}  ${old} -> ${now}${said}`];
      return [
        `  ${ink(head("~").trimEnd(), "warning", style)}${said}`,
        `      ${ink(`- ${old}`, "error", style)}`,
        `      ${ink(`+ ${now}`, "secondary", style)}`,
      ];
    }
  }
}
