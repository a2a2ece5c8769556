// The chapter on measures in the language reference says what the catalogue says.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { catalogue } from "../../src/measures/catalogue.ts";
import type { MeasureEntry, MeasureParameter } from "../../src/measures/catalogue.ts";
import { inUnit } from "../../src/quantities/unit.ts";

const chapter =
  /\n## Measures\n(.*?)\n## /su.exec(
    readFileSync(fileURLToPath(new URL("../../grammar/README.md", import.meta.url)), "utf8"),
  )?.[1] ?? "";

function shown(parameter: MeasureParameter): string {
  const unit = parameter.unit.text === "1" ? "" : ` ${parameter.unit.text}`;
  return `\`${parameter.name}\`${parameter.default === null ? "" : ` ${inUnit(parameter.default, parameter.unit)}${unit}`} (${parameter.meaning})`;
}

function row({ name, of, unit, definition, parameters, source }: MeasureEntry): string {
  const unitText = typeof unit === "string" ? unit.replace("same as", "of the") : unit.text;
  return `| ${[`\`${name}\``, of, unitText, definition, parameters.map(shown).join(", ") || "—", source].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

test("a row for each measure, in the order of the catalogue, and none beside", () => {
  expect(chapter.split("\n").filter((line) => line.startsWith("| `"))).toEqual(catalogue.map(row));
});
