// `--duration "200 ms"` and `--step "0.05 ms"`: read as a literal of the language, with the language's own messages.
import { sourceText, span } from "../base/source.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { malformedUnit, overflow, unknownUnit, wrongDimension } from "../diagnostics/units.ts";
import { DIMENSIONLESS, equal, TIME } from "../quantities/dimension.ts";
import { exampleLiteral } from "../quantities/phrase.ts";
import { canonicalUnit, canonicalValue, parseUnit } from "../quantities/unit.ts";
import type { CheckedExperiment, CheckedExpr } from "../3-check/checked.ts";
import { wordsOf } from "../3-check/sized.ts";

/** `--duration` and `--step`, where they are given. */
export interface TimeOptions {
  readonly duration?: string;
  readonly step?: string;
}

export interface Times {
  readonly duration: CheckedExpr | null;
  readonly step: CheckedExpr | null;
  readonly diagnostics: readonly Diagnostic[];
}

export function timesOf(options: TimeOptions): Times {
  const [duration, step] = (["--duration", "--step"] as const).map((option) => {
    const text = option === "--duration" ? options.duration : options.step;
    return text === undefined ? null : timeOption(option, text);
  });
  const diagnostics = [duration, step].flatMap((t) => (t != null && "diagnostic" in t ? [t.diagnostic] : []));
  const expression = (t: typeof duration): CheckedExpr | null => (t != null && "expression" in t ? t.expression : null);
  return { duration: expression(duration), step: expression(step), diagnostics };
}

/** The experiment with these times in the place of its own. */
export function withTimes(experiment: CheckedExperiment, { duration, step }: Times): CheckedExperiment {
  return { ...experiment, duration: duration ?? experiment.duration, step: step ?? experiment.step };
}

/** As they were written: `--duration`, `200 ms`. */
export function timeWords({ duration, step }: TimeOptions): readonly string[] {
  return [...(duration === undefined ? [] : ["--duration", duration]), ...(step === undefined ? [] : ["--step", step])];
}

/** The time as an expression that can stand in the place of the experiment's own. `option` is `--duration`. */
export function timeOption(
  option: "--duration" | "--step",
  text: string,
): { readonly expression: CheckedExpr } | { readonly diagnostic: Diagnostic } {
  const source = sourceText(option, text);
  const whole = span(source, 0, source.text.length);
  const what = `the ${option.slice(2)}`;
  const [, lead = "", digits = "", gap = "", unitText = ""] =
    /^(\s*)([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(\s*)(\S*)\s*$/u.exec(source.text) ?? [];
  if (digits === "")
    return {
      diagnostic: malformedUnit(whole, { text, reason: `${what} is a number with a unit, such as \`200 ms\`` }),
    };
  const start = lead.length + digits.length + gap.length;
  const unitSpan = span(source, start, start + unitText.length);
  if (unitText === "" && Number(digits) === 0)
    return { expression: { kind: "number", value: 0, dimension: TIME, origin: whole } };
  const result = parseUnit(unitText === "" ? "1" : unitText);
  if ("problem" in result) {
    const { problem } = result;
    if (problem.kind === "unknown") {
      const at = span(source, start + problem.start, start + problem.end);
      return { diagnostic: unknownUnit(at, { symbol: problem.symbol, suggestions: problem.suggestions, at }) };
    }
    return {
      diagnostic: malformedUnit(unitSpan, {
        text: unitText,
        reason: problem.kind === "offset" ? `\`${problem.symbol}\` stands alone` : problem.message,
      }),
    };
  }
  const { unit } = result;
  if (!equal(unit.dimension, TIME)) {
    const actual = { span: whole, ...(unitText === "" ? wordsOf(DIMENSIONLESS) : wordsOf(unit.dimension, unit)) };
    return {
      diagnostic: wrongDimension(whole, {
        what,
        expected: wordsOf(TIME, canonicalUnit(TIME)),
        example: exampleLiteral(TIME),
        actual,
        because: null,
        declared: [],
        waysOut: unitText === "" ? [{ help: `give the number a unit: \`${option} "${digits} ms"\``, fix: null }] : [],
      }),
    };
  }
  const { value, problem } = canonicalValue(digits, unit);
  if (problem === "overflow") return { diagnostic: overflow(whole, { text }) };
  return { expression: { kind: "number", value, dimension: TIME, origin: whole } };
}
