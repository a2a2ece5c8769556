// Programs from text, for tests of rooms 2 and 3.
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { analyze } from "../../src/analyze.ts";
import type { Analysis, Override, SourceHost } from "../../src/analyze.ts";
import { present } from "../../src/base/invariant.ts";
import { sourceText } from "../../src/base/source.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import type {
  CheckedExpr,
  CheckedIndex,
  CheckedNeuron,
  CheckedProgram,
  CheckedQuantity,
} from "../../src/3-check/checked.ts";
import type { SettingNode } from "../../src/1-parse/ast.ts";

/** Files by name; paths are taken as they are. */
export function hostOf(files: Readonly<Record<string, string>>, read: string[] = []): SourceHost {
  return {
    read(path) {
      read.push(path);
      const text = files[path];
      return text === undefined ? { problem: "there is no such file" } : { text };
    },
    resolve: (_from, written) => ({ path: written.replace(/^(\.\/)+/, "") }),
  };
}

export function analyzeText(
  text: string,
  files: Readonly<Record<string, string>> = {},
  overrides: readonly Override[] = [],
): Analysis {
  return analyze(sourceText("main.glif", text), hostOf({ ...files, "main.glif": text }), parseModelFile, overrides);
}

/** A program that must be without errors; warnings are allowed. */
export function programOf(
  text: string,
  files: Readonly<Record<string, string>> = {},
  overrides: readonly Override[] = [],
): CheckedProgram {
  const { program, diagnostics } = analyzeText(text, files, overrides);
  if (program === null) throw new Error(renderDiagnostics(diagnostics, { color: false }));
  return program;
}

export function neuronOf(text: string, name?: string): CheckedNeuron {
  const { neurons } = programOf(text);
  return present(name === undefined ? neurons[0] : neurons.find((n) => n.name === name), name ?? "neuron");
}

export function quantityOf(neuron: CheckedNeuron, name: string): CheckedQuantity {
  return present(
    neuron.quantities.find((q) => q.name === name),
    name,
  );
}

/** Codes with the text they are at. */
export function codes(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  return analyzeText(text, files).diagnostics.map(
    (d) => `${d.code} ${d.primary.span.source.text.slice(d.primary.span.start, d.primary.span.end)}`,
  );
}

/** `NAME = VALUE` as the command line would hand it on. */
export function setting(text: string, experiment: string | null = null): Override {
  const { file } = parseModelFile(sourceText("--set", `experiment e of n { ${text} }`));
  const declaration = file.declarations[0];
  const node =
    declaration?.kind === "experiment"
      ? declaration.members.find((m): m is SettingNode => m.kind === "setting")
      : undefined;
  return { experiment, setting: present(node, text) };
}

export function bracketsOf(indices: readonly CheckedIndex[]): string {
  return indices.length === 0
    ? ""
    : `[${indices.map((i) => (i.kind === "index" ? i.name : String(i.value))).join(",")}]`;
}

/** An expression in a line, names as they are and numbers in canonical units. */
export function show(e: CheckedExpr): string {
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "quantity":
      return e.quantity.name + bracketsOf(e.indices);
    case "setup":
      return `setup.${e.quantity.name}`;
    case "index":
    case "noise":
      return e.name;
    case "time":
      return "t";
    case "step":
      return "dt";
    case "end":
      return `${e.end}.${e.quantity.name}${bracketsOf(e.indices)}`;
    case "neuron":
      return "i";
    case "target":
      return "j";
    case "listed":
      return `[${e.values.join(", ")}]`;
    case "past":
      return `${show(e.of)}(t - ${show(e.delay)})`;
    case "negate":
      return `(-${show(e.operand)})`;
    case "not":
      return `(not ${show(e.operand)})`;
    case "arithmetic":
    case "comparison":
    case "logical":
      return `(${show(e.left)} ${e.operator} ${show(e.right)})`;
    case "conditional":
      return `(if ${show(e.condition)} then ${show(e.then)} else ${show(e.otherwise)})`;
    case "call":
      return `${e.function}(${e.arguments.map(show).join(", ")})`;
    case "sum":
      return `sum[${e.over.map((o) => `${o.name}=${o.from}..${o.to}`).join(",")}](${show(e.body)})`;
    case "drawn":
      return `<${e.drawn.draw.distribution}>`;
    case "stimulus":
      return `<${e.stimulus.shape === "named" ? e.stimulus.name : e.stimulus.shape}>`;
  }
}
