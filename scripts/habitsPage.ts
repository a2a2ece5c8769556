// The table of habits as it stands in the language reference; `npx tsx scripts/habitsPage.ts` writes it there.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { HABITS } from "../src/diagnostics/habits.ts";

const BEGIN = "<!-- habits: written by scripts/habitsPage.ts -->";
const END = "<!-- end of habits -->";

export function habitsPage(): string {
  const rows = HABITS.map(
    ({ from, written, mended, say }) => `| ${from} | ${code(written)} | ${code(mended)} | ${cell(say)} |`,
  );
  return [BEGIN, "| from | written there | here | |", "|---|---|---|---|", ...rows, END].join("\n");
}

function code(text: string): string {
  const cleaned = cell(text.replace(/\n\s*/g, "; "));
  return cleaned.includes("`") ? cleaned : `\`${cleaned}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(dirname(fileURLToPath(import.meta.url)), "..", "grammar", "README.md");
  const text = readFileSync(path, "utf8");
  const [start, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (start < 0 || end < 0) throw new Error(`${path} has no place for the table`);
  writeFileSync(path, text.slice(0, start) + habitsPage() + text.slice(end + END.length));
}
