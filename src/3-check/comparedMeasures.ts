// The measures of a comparison: names of the catalogue, arguments of the right dimension in their range.
import { nearNames } from "../base/nearNames.ts";
import { span, textOf } from "../base/source.ts";
import { measureArguments, unknownMeasure } from "../diagnostics/comparison.ts";
import { MEASURE_SAYS, MEASURE_WORDS } from "../diagnostics/habits.ts";
import { saidTwice } from "../diagnostics/experiment.ts";
import { measureNames, measureOfName, parameterProblem } from "../measures/catalogue.ts";
import type { MeasureEntry } from "../measures/catalogue.ts";
import { inUnit } from "../quantities/unit.ts";
import type { ResolvedComparison, ResolvedMeasure } from "../2-resolve/resolved.ts";
import { placeArguments } from "./arguments.ts";
import type { CheckedMeasure } from "./checked.ts";
import type { Context } from "./context.ts";
import { defaults, evaluateNumber } from "./evaluate.ts";
import { expectDimension } from "./expect.ts";
import { measure } from "./measure.ts";

/** What is measured where nothing is said: the regularity of one spike train. */
const USUAL: readonly string[] = ["rate", "latency", "cv_isi", "adaptation"];
/** And how near its spikes are to those of a recording. */
const AGAINST_RECORDING: readonly string[] = ["coincidence", "van_rossum"];
/** What a fit aims at. */
const AIMS: readonly string[] = ["explained_variance"];

export function checkMeasures(
  { purpose, measures, reference, origin }: ResolvedComparison,
  context: Context,
): CheckedMeasure[] {
  if (measures.length === 0) {
    const usual = [...(reference?.kind === "recording" ? AGAINST_RECORDING : []), ...USUAL];
    return (purpose === "fit" ? AIMS : usual).flatMap((name) => {
      const entry = measureOfName(name);
      return entry === null
        ? []
        : [
            {
              name,
              parameters: givenOrDefault(entry, new Map()),
              text: name,
              variable: null,
              population: null,
              origin,
            },
          ];
    });
  }
  const first = new Map<string, CheckedMeasure>();
  for (const written of measures) {
    const checked = checkMeasure(written, context);
    if (checked === null) continue;
    const before = first.get(checked.text);
    if (before === undefined) first.set(checked.text, checked);
    else context.say(saidTwice(written.span, { what: `\`${checked.text}\``, first: before.origin }));
  }
  return [...first.values()];
}

/** Null after telling what is wrong with it. */
function checkMeasure(written: ResolvedMeasure, context: Context): CheckedMeasure | null {
  const { name, variable, nameSpan } = written;
  if (name === "") return null;
  const entry = measureOfName(name);
  if (entry === null) {
    context.say(unknownMeasure(nameSpan, { name, near: nearMeasures(name), all: measureNames, at: nameSpan }));
    return null;
  }
  const complain = (problem: string): null => {
    context.say(measureArguments(written.span, { name, problem, usage: usageOf(entry) }));
    return null;
  };
  const ofTraces = takesVariable(entry);
  if (ofTraces && variable === null) return complain("is about a variable, which is not named");
  if (!ofTraces && variable !== null) return complain(`is about spikes and takes no variable \`${variable.written}\``);
  if (variable?.isSlice === true) {
    const instead = (place: string): string => `\`${name}(${variable.written.replace(/\[[^\]]*\]/u, place)})\``;
    return complain(
      entry.of === "traces"
        ? `takes all neurons of a population, as in ${instead("")}`
        : `takes one neuron, as in ${instead("[0]")}`,
    );
  }
  const placed = placeArguments(
    written.arguments,
    entry.parameters.map((p) => p.name),
  );
  const names = written.arguments.some((a) => a.label?.name === "of")
    ? "takes after `of:` the name of a population"
    : null;
  if (typeof placed === "string") return complain(names ?? placed);
  const given = new Map<string, number>();
  for (const parameter of entry.parameters) {
    const argument = placed.get(parameter.name);
    if (argument === undefined) continue;
    const value = expectDimension(
      measure(argument.value, context),
      { what: `\`${parameter.name}\` of \`${name}\``, dimension: parameter.dimension, unit: parameter.unit },
      context,
    );
    if (value.sort === "unknown") return null;
    const number = evaluateNumber(value.expr, defaults());
    const problem = number === null ? "must be a number that is known beforehand" : parameterProblem(parameter, number);
    if (problem !== null)
      return complain(`takes no \`${parameter.name}: ${textOf(argument.value.span)}\`: it ${problem}`);
    if (number !== null) given.set(parameter.name, number);
  }
  return {
    name,
    parameters: givenOrDefault(entry, given),
    text: textOf(span(written.span.source, nameSpan.start, written.span.end)).replace(/\s+/g, " "),
    variable: variable?.written ?? null,
    population: written.population?.name ?? variable?.population ?? null,
    origin: written.span,
  };
}

/** `rmse`: those that have it as a part are meant as much as those that are spelt alike. */
function nearMeasures(name: string): string[] {
  const meant = MEASURE_WORDS.get(name.toLowerCase());
  if (meant !== undefined) return [meant];
  if (MEASURE_SAYS.has(name.toLowerCase())) return [];
  const parts = measureNames.filter((n) => n.split("_").includes(name));
  return [...new Set([...nearNames(name, measureNames), ...parts])].slice(0, 3);
}

function givenOrDefault({ parameters }: MeasureEntry, given: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    parameters.flatMap((p) => {
      const value = given.get(p.name) ?? p.default;
      return value === null ? [] : [[p.name, value] as const];
    }),
  );
}

export function takesVariable({ of }: MeasureEntry): boolean {
  return of === "trace" || of === "traces" || of === "pair of traces";
}

/** `van_rossum(tau: 10 ms)`, `rmse(V)` */
function usageOf(entry: MeasureEntry): string {
  const { name, parameters } = entry;
  const args = parameters.flatMap((p) =>
    p.default === null
      ? []
      : [`${p.name}: ${inUnit(p.default, p.unit)}${p.unit.text === "1" ? "" : ` ${p.unit.text}`}`],
  );
  const all = [...(takesVariable(entry) ? ["V"] : []), ...args];
  return all.length === 0 ? name : `${name}(${all.join(", ")})`;
}
