// The table of habits holds: what is written as elsewhere is told once, with the sentence of its row; applied, the fix gives what the row says, and that compiles. And the page of
// the reference is the table.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { analyze } from "../../src/analyze.ts";
import type { SourceHost } from "../../src/analyze.ts";
import { sourceText } from "../../src/base/source.ts";
import type { Diagnostic, TextEdit } from "../../src/diagnostics/diagnostic.ts";
import { HABITS } from "../../src/diagnostics/habits.ts";
import type { Habit } from "../../src/diagnostics/habits.ts";
import { habitsPage } from "../../scripts/habitsPage.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const LIF = `neuron LIF {
  param C = 100 pF, G = 10 nS, E_L = -70 mV, V_th = -50 mV, t_ref = 2 ms
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > V_th
  reset { V <- E_L }
}
`;
const SYNAPSE =
  "synapse ExpConductance {\n  weight w : nS\n  state g : nS = 0\n  g' = -g/(5 ms)\n  on pre { g <- g + w }\n  post.I_e += g*(0 mV - post.V)\n}\n";

const host: SourceHost = {
  read: (path) =>
    path === "lif.glif"
      ? { text: LIF }
      : path === "stimulus.csv"
        ? { text: "t (ms),I (pA)\n0,0\n20,250\n" }
        : path === "spikes.csv"
          ? { text: "t (ms)\n5\n12\n" }
          : { problem: "there is no such file" },
  resolve: (_from, written) => ({ path: written }),
};

/** Around a snippet, what of the model it would double left out. */
function whole({ home }: Habit, snippet: string): string {
  const own = /^(V' =|d\(V\)|dV|C\*dV)/.test(snippet) ? LIF.replace(/ {2}V' = .*\n/, "") : LIF;
  const spiked = own.replace(/ {2}spike.*\n/, "");
  const without = /^(spike|threshold|when|global 1|onCondition|reset .* when )/.test(snippet)
    ? /reset|\{|onCondition/.test(snippet)
      ? spiked.replace(/ {2}reset.*\n/, "")
      : spiked
    : /^(reset|on spike)/.test(snippet)
      ? own.replace(/ {2}reset.*\n/, "")
      : own;
  if (home === "file" && /^(experiment|simulation|net|run )/.test(snippet)) return `${LIF}${snippet}\n`;
  if (home === "file")
    return /^(import|include|from)/.test(snippet)
      ? `${snippet}\nexperiment X of LIF { duration 1 ms }\n`
      : `${snippet}\n`;
  if (home === "host" && /^(NEURON|import|from|$)/.test(snippet)) return `${snippet}\n${LIF}`;
  if (home === "host")
    return snippet.startsWith("neuron")
      ? `${LIF}${snippet}\n`
      : `mechanism H { param g_h = 1 nS; I_e += g_h*(E_L - V) }\n${LIF.replace(/\}\n$/, `  ${snippet}\n}\n`)}`;
  if (home === "member") return without.replace(/\}\n$/, `  ${snippet}\n}\n`);
  if (home === "synapse") return `synapse S {\n  ${snippet}\n}\n`;
  if (home === "network") {
    const others = /^(group|population|P) /.test(snippet) ? "" : "  population E = 8 LIF\n  population I = 2 LIF\n";
    return `${LIF}${SYNAPSE}network N {\n${others}  ${snippet}\n}\n`;
  }
  const duration = /^(run|duration)/.test(snippet) ? "" : "  duration 100 ms\n";
  return `${LIF}experiment X of LIF {\n${duration}  ${snippet}\n}\n`;
}

function diagnose(text: string): readonly Diagnostic[] {
  return analyze(sourceText("model.glif", text), host, parseModelFile).diagnostics;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((t, e) => t.slice(0, e.span.start) + e.newText + t.slice(e.span.end), text);
}

const errors = (text: string): readonly Diagnostic[] => diagnose(text).filter((d) => d.severity === "error");

test.each(HABITS.map((habit) => [`${habit.where}: ${habit.written.replace(/\n/g, "⏎")}`, habit] as const))(
  "%s",
  (_name, habit) => {
    const guilty = whole(habit, habit.written);
    const found = errors(guilty);
    expect(
      found.map((d) => `${d.code} ${d.message}`),
      "one mistake, one message",
    ).toHaveLength(1);
    const [only] = found;
    const sentences = [only?.message ?? "", ...(only?.help ?? []), ...(only?.fixes ?? []).map((f) => f.title)].join(
      "\n",
    );
    const fixes = only?.fixes ?? [];
    const names = habit.where === "statement" && habit.instead !== "" ? `\`${habit.instead}` : habit.say;
    expect(sentences).toContain(names);
    const mended = whole(habit, habit.mended);
    if (fixes[0] !== undefined && fixes[0].edits.length > 0)
      expect(applied(guilty, fixes[0].edits).replace(/\s+/g, " ")).toBe(mended.replace(/\s+/g, " "));
    expect(
      errors(mended).map((d) => d.message),
      "what is to be written compiles",
    ).toEqual([]);
  },
);

test("a row for each word", () => {
  const words = HABITS.flatMap((h) => h.words.map((w) => `${h.where} ${w}`));
  expect(words.filter((w, k) => words.indexOf(w) !== k)).toEqual([]);
  expect(words.filter((w) => w !== w.toLowerCase())).toEqual([]);
});

test("the page of the reference is the table", () => {
  expect(readFileSync(join(ROOT, "grammar", "README.md"), "utf8")).toContain(habitsPage());
});
