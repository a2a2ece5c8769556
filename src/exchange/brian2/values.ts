// Parameters of single neurons and initial values: as expressions, as draws of numpy, or exactly as glif made them.
import { canonicalUnit, inUnit } from "../../quantities/unit.ts";
import { symbolsOf } from "../../algebra/traverse.ts";
import type { Expr } from "../../algebra/expression.ts";
import type { DrawPlan, ValuePlan } from "../../4-plan/plan.ts";
import { settingOf, symbolsOfValue } from "../../4-plan/values.ts";
import type { Span } from "../../base/source.ts";
import { isShared, type ExportPopulation } from "../exported.ts";
import { numpyDraw } from "./draws.ts";
import { drawnSetting, saidOf, type Element } from "./elements.ts";
import { listedText } from "./lists.ts";
import type { Neuron } from "./neuron.ts";
import { quoted, runsIn, type Script } from "./script.ts";
import { numberText, unitOf } from "./units.ts";

/** Lines that set them, each after those that it reads. */
export function valueLines(neuron: Neuron): readonly string[] {
  const { plan } = neuron.population;
  const byName = new Map([...neuron.parameters, ...neuron.states].map((e) => [e.name, e]));
  const planned: readonly { readonly name: string; readonly value: ValuePlan }[] = [
    ...plan.parameters.filter((p) => neuron.varies(p.name)),
    ...inOrderOfNeed(plan.states.map((s) => ({ name: s.name, value: s.initial }))),
  ];
  return planned.flatMap(({ name, value }) => {
    const e = byName.get(name);
    return e === undefined ? [] : lineOf(neuron, e, value);
  });
}

function inOrderOfNeed<P extends { readonly name: string; readonly value: ValuePlan }>(
  all: readonly P[],
): readonly P[] {
  const done = new Set<P>();
  const place = (p: P): void => {
    if (done.has(p)) return;
    for (const s of symbolsOfValue(p.value)) {
      const other = all.find((x) => x.name === s && x !== p);
      if (other !== undefined) place(other);
    }
    done.add(p);
  };
  for (const p of all) place(p);
  return [...done];
}

function lineOf(neuron: Neuron, e: Element, value: ValuePlan): readonly string[] {
  const { script, population, object, names } = neuron;
  const target = `${object}.${names.of(e.name)}`;
  const made = script.model.made?.neurons.get(population.checked.name)?.get(e.name);
  const isSame = made === undefined || runsIn(made) <= 1;
  if (made !== undefined && (value.kind === "draw" || !isSame)) {
    if (isSame && made.length > 0) return [`${target} = ${literalOf(e, made[0] ?? 0)}`];
    const { text } = unitOf(e.q.dimension, canonicalUnit(e.q.dimension));
    const name = `${population.checked.name}.${e.name}`;
    return [`${target} = ${script.keep({ kind: "float64", name, shape: [made.length], values: made })}${text}`];
  }
  if (value.kind === "draw") {
    const at = drawnSetting(e, population.checked.settings)?.origin ?? e.q.origin;
    const text = drawText(script, value, at, String(population.plan.size), e, (x) => sharedNumber(population, x));
    return text === null ? [] : [`${target} = ${text}`, ...undrawn(neuron, e, target)];
  }
  const said = saidOf(e, population.checked.settings);
  if (said === null) return [];
  if (said.value.kind === "listed") return [`${target} = ${listedText(said.value, population, e.name, script)}`];
  const text = neuron.write(said, "value");
  const isNumber =
    said.value.kind === "number" || (said.value.kind === "negate" && said.value.operand.kind === "number");
  return isNumber && /^0(?:[*/]|$)/.test(text) ? [] : [`${target} = ${isNumber ? text : quoted(text)}`];
}

/** What those have that draw nothing. */
function undrawn(neuron: Neuron, e: Element, target: string): readonly string[] {
  const set = settingOf(e.q, e.positions, neuron.population.checked.settings);
  if (set?.setting.value.kind !== "draw" || set.setting.value.except === null) return [];
  const { where, value } = set.setting.value.except;
  const [condition, own] = [where, value].map((part) => neuron.write({ value: part, bound: set.bound }, "value"));
  return [`${target}[${quoted(condition ?? "")}] = ${quoted(own ?? "")}`];
}

function literalOf(e: Element, value: number): string {
  const { text, unit } = unitOf(e.q.dimension, e.q.unit);
  return `${numberText(inUnit(value, unit))}${text}`;
}

/** The value of what is the same for all neurons. */
export function sharedNumber(population: ExportPopulation, e: Expr): number | null {
  return [...symbolsOf(e)].every((s) => s.startsWith("@") || s === "#dt" || isShared(population, s))
    ? population.value(e)
    : null;
}

/** A draw for `size` neurons or connections; null where it was refused. */
export function drawText(
  script: Script,
  draw: DrawPlan,
  at: Span,
  size: string,
  e: Pick<Element, "q" | "name">,
  number: (e: Expr) => number | null,
): string | null {
  const known = (part: Expr | null): number | null => (part === null ? null : number(part));
  const args = draw.arguments.map(known);
  const [min, max] = [known(draw.min), known(draw.max)];
  if (args.includes(null) || (min === null) !== (draw.min === null) || (max === null) !== (draw.max === null)) {
    script.tell.refuse(at, {
      what: `a draw of \`${e.name}\` whose arguments differ from one to the other`,
      because: "it would be another distribution for each",
      help: ["`--exact` exports the values that glif draws"],
    });
    return null;
  }
  script.tell.nearly(at, { what: `what \`${e.name}\` is drawn to: other numbers of the same distribution, by numpy` });
  script.needsDraw(draw.distribution, draw.min !== null || draw.max !== null);
  return numpyDraw(
    { distribution: draw.distribution, arguments: args.map((a) => a ?? NaN), min, max },
    size,
    e.q.dimension,
    e.q.unit,
  );
}
