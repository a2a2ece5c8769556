// glif diff: how two models differ in what they say, not in how they say it.
import { chooseName } from "../../compile.ts";
import { shortWords } from "../../base/shortWords.ts";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  differenceOfExperiments,
  differenceOfNeurons,
  summaryOf,
  type Difference,
  type Labels,
} from "../../compare/structure/index.ts";
import type { CheckedExperiment, CheckedNeuron, CheckedProgram } from "../../3-check/checked.ts";
import { parseModelFile } from "../../1-parse/parse.ts";
import { textOf } from "../../base/source.ts";
import { visible } from "../../render/glyphs.ts";
import { differenceText } from "../differenceText.ts";
import { distinct, openModel, type OpenedModel } from "../model.ts";
import { complain, showDiagnostics } from "../talk.ts";
import type { Terminal } from "../terminal.ts";

/** One side of a comparison. */
interface Model {
  readonly file: string;
  readonly name: string;
  readonly of:
    | { readonly kind: "neuron"; readonly neuron: CheckedNeuron }
    | { readonly kind: "network" | "experiment"; readonly experiment: CheckedExperiment };
}

interface Pair {
  readonly a: Model;
  readonly b: Model;
}

/** What neither equality nor a difference is proven of ends with this: it is no answer. */
const UNDECIDED = 3;

/** Exit code 0 whether they differ or not: both are answers. */
export async function diff(
  words: readonly string[],
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const [first = "", second = "", ...more] = words;
  const isFile = second === "-" || second.endsWith(".glif") || existsSync(resolve(terminal.cwd, second));
  const files = isFile ? [first, second] : [first];
  const names = isFile ? more : [second, ...more];
  if (names.length > 2 || (!isFile && names.length !== 2)) {
    complain(terminal, isFile ? "two models at most can be named" : "name two models of the file, or a second file", [
      "glif diff a.glif b.glif",
      "glif diff models.glif LIF GLIF",
    ]);
    return 2;
  }
  if (first === "-" && second === "-") {
    complain(terminal, "standard input can be read once only");
    return 2;
  }

  const opened: OpenedModel[] = [];
  for (const file of files) opened.push(await openModel(file, terminal));
  const diagnostics = distinct(opened.flatMap((o) => o.diagnostics));
  const [p, q] = [opened[0]?.program ?? null, (opened[1] ?? opened[0])?.program ?? null];
  showDiagnostics(terminal, diagnostics);
  if (p === null || q === null) return 1;

  const sides: readonly [Side, Side] = [
    { file: first, program: p },
    { file: isFile ? second : first, program: q },
  ];
  const chosen = names.length === 0 ? bySameName(...sides) : named(sides, [names[0] ?? "", names[1] ?? names[0] ?? ""]);
  if ("problem" in chosen) {
    complain(terminal, chosen.problem, chosen.help ?? []);
    return 2;
  }

  const found = withoutRepeats(
    chosen.pairs.map((pair) => {
      const difference = differenceOf(pair);
      const labels = labelsOf(pair);
      return { pair, labels, difference, summary: summaryOf(labels, difference) };
    }),
  );
  const { onlyA, onlyB } = chosen;
  const open = names.length > 0 ? [] : openSynapses(sides, chosen.pairs);
  const verdicts = [
    ...found.map((f) => f.difference.equal),
    onlyA.length + onlyB.length === 0,
    ...(open.length > 0 ? [null] : []),
  ];
  const equal = verdicts.includes(false) ? false : verdicts.includes(null) ? null : true;
  const code = equal === null ? UNDECIDED : 0;
  if (options.json) {
    const comparisons = found.map(({ pair, difference, summary: { sentence, items } }) => ({
      a: { file: pair.a.file, name: pair.a.name },
      b: { file: pair.b.file, name: pair.b.name },
      kind: pair.a.of.kind,
      equal: difference.equal,
      sentence,
      items,
      through: difference.through,
      unproven: difference.unproven,
    }));
    terminal.out(
      `${JSON.stringify({ equal, comparisons, only: { a: onlyA, b: onlyB }, notCompared: open }, null, 2)}\n`,
    );
    return code;
  }
  const style = { color: terminal.color.out };
  const texts = alike(found).map(([{ labels, difference, summary }, ...others]) =>
    [
      differenceText(labels, summary.sentence, difference, style),
      ...(others.length === 0 ? [] : [`likewise ${others.map(({ pair }) => pair.a.name).join(", ")}\n`]),
    ].join("\n"),
  );
  const lonely = [
    ...onlyA.map((n) => `only in ${visible(first)}: ${n}`),
    ...onlyB.map((n) => `only in ${visible(second)}: ${n}`),
    ...open.map(
      (n) => `not compared: synapse ${n}, whose texts differ: no network of that name in both files connects by it`,
    ),
  ];
  terminal.out(shortWords([...texts, ...(lonely.length === 0 ? [] : [`${lonely.join("\n")}\n`])].join("\n")));
  return code;
}

interface Side {
  readonly file: string;
  readonly program: CheckedProgram;
}

type Choice =
  | { readonly pairs: readonly Pair[]; readonly onlyA: readonly string[]; readonly onlyB: readonly string[] }
  | { readonly problem: string; readonly help?: readonly string[] };

/** Of the file itself, or with what it imports. */
function modelsOf({ file, program }: Side, imported = false): Model[] {
  const own = new Set(program.own);
  const of = <T extends { readonly name: string }>(all: readonly T[], kind: (one: T) => Model["of"]): Model[] => {
    const names = new Map(all.toReversed().map((one) => [one.name, one]));
    return [...new Set(all.map((one) => one.name))].flatMap((name) => {
      const one = names.get(name);
      return one === undefined || (!imported && !own.has(name)) ? [] : [{ file, name, of: kind(one) }];
    });
  };
  return [
    ...of(program.neurons, (neuron) => ({ kind: "neuron", neuron })),
    ...of(program.networks, (experiment) => ({ kind: "network", experiment })),
    ...of(program.experiments, (experiment) => ({ kind: "experiment", experiment })),
  ];
}

function named(sides: readonly [Side, Side], names: readonly [string, string]): Choice {
  const models: Model[] = [];
  for (const k of [0, 1] as const) {
    const there = modelsOf(sides[k], true);
    const chosen = chooseName(
      names[k],
      there.map((m) => m.name),
      "neuron, network or experiment",
      sides[k].file,
    );
    if ("problem" in chosen) return chosen;
    const model = there.find((m) => m.name === chosen.name);
    if (model !== undefined) models.push(model);
  }
  const [a, b] = models;
  if (a === undefined || b === undefined) return { problem: "there is nothing to compare" };
  if (a.of.kind !== b.of.kind)
    return {
      problem: `${a.name} is ${a.of.kind === "experiment" ? "an" : "a"} ${a.of.kind} and ${b.name} ${b.of.kind === "experiment" ? "an" : "a"} ${b.of.kind}: name two of a kind`,
    };
  return { pairs: [{ a, b }], onlyA: [], onlyB: [] };
}

/** Whatever has the same name in both files; else the one neuron, network or experiment of each. */
function bySameName(p: Side, q: Side): Choice {
  const [as, bs] = [modelsOf(p), modelsOf(q)];
  const counterpart = (m: Model, among: readonly Model[]): Model | undefined =>
    among.find((n) => n.name === m.name && n.of.kind === m.of.kind);
  const pairs = as.flatMap((a): Pair[] => {
    const b = counterpart(a, bs);
    return b === undefined ? [] : [{ a, b }];
  });
  if (pairs.length > 0)
    return {
      pairs,
      onlyA: as.filter((m) => counterpart(m, bs) === undefined).map((m) => m.name),
      onlyB: bs.filter((m) => counterpart(m, as) === undefined).map((m) => m.name),
    };
  for (const kind of ["neuron", "network", "experiment"] as const) {
    const [x, y] = [as.filter((m) => m.of.kind === kind), bs.filter((m) => m.of.kind === kind)];
    const [a, b] = [x[0], y[0]];
    if (a !== undefined && b !== undefined && x.length === 1 && y.length === 1)
      return { pairs: [{ a, b }], onlyA: [], onlyB: [] };
  }
  const list = (side: Side, models: readonly Model[]): string =>
    `${side.file} has ${models.length === 0 ? "none" : models.map((m) => m.name).join(", ")}`;
  return {
    problem: "no model has the same name in both files; name the two you mean",
    help: [list(p, as), list(q, bs), `glif diff ${p.file} ${q.file} ${as[0]?.name ?? "A"} ${bs[0]?.name ?? "B"}`],
  };
}

/** What an experiment says of its network need not be said of the network again; what the experiment sets otherwise, and hides, is. */
function withoutRepeats<T extends { readonly pair: Pair; readonly difference: Difference }>(all: readonly T[]): T[] {
  return all.filter(({ pair: { a }, difference }) => {
    if (a.of.kind !== "network") return true;
    const said = all.filter((o) => o.pair.a.of.kind === "experiment" && o.pair.a.of.experiment.subject === a.name);
    const items = new Set(said.flatMap((o) => o.difference.items.map((i) => JSON.stringify(i))));
    return said.length === 0 || !difference.items.every((i) => items.has(JSON.stringify(i)));
  });
}

/** Those that differ in the same are told together: a neuron, and the experiments that run it. */
function alike<T extends { readonly difference: Difference }>(all: readonly T[]): (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const [k, one] of all.entries()) {
    const { difference } = one;
    const key =
      difference.items.length === 0
        ? String(k)
        : JSON.stringify([summaryOf({ a: "", b: "" }, difference), difference.through]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Synapses of both files that are written otherwise and connect nothing in what is compared: what they do depends on what they join. */
function openSynapses([p, q]: readonly [Side, Side], pairs: readonly Pair[]): string[] {
  const used = new Set(
    pairs.flatMap(({ a, b }) =>
      [a, b].flatMap(({ of }) =>
        of.kind === "neuron" ? [] : of.experiment.projections.flatMap((c) => [c.synapse.name, ...c.synapse.lineage]),
      ),
    ),
  );
  const textsOf = ({ program }: Side): Map<string, string> =>
    new Map(program.synapses.filter((s) => program.own.includes(s.name)).map((s) => [s.name, declarationOf(s)]));
  const [texts, others] = [textsOf(p), textsOf(q)];
  return [...texts]
    .filter(([name, text]) => !used.has(name) && others.has(name) && others.get(name) !== text)
    .map(([name]) => name);
}

/** Its text, white space aside. */
function declarationOf({ name, origin }: CheckedProgram["synapses"][number]): string {
  const node = parseModelFile(origin.source).file.declarations.find(
    (d) => d.kind === "synapse" && d.name.name === name,
  );
  return node === undefined ? "" : textOf(node.span).replace(/\s+/g, " ");
}

function differenceOf({ a, b }: Pair): Difference {
  if (a.of.kind === "neuron" && b.of.kind === "neuron") return differenceOfNeurons(a.of.neuron, b.of.neuron);
  if (a.of.kind !== "neuron" && b.of.kind !== "neuron")
    return differenceOfExperiments(a.of.experiment, b.of.experiment);
  throw new TypeError("two of a kind");
}

/** Names; where they are the same, with their files, and where those are the same too, told apart anyway. */
function labelsOf({ a, b }: Pair): Labels {
  if (a.name !== b.name) return { a: a.name, b: b.name };
  return a.file === b.file
    ? { a: a.name, b: `${b.name} itself` }
    : { a: `${a.name} of ${visible(a.file)}`, b: `${b.name} of ${visible(b.file)}` };
}
