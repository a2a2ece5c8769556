// The comparison's answer in a few sentences: what differs in the model, what in the behaviour, what the seed and the step explain, what is nearest the recording.
import type { Contrast, Verdict } from "../compare/comparison.ts";
import { numericsOf } from "../compare/numerics.ts";
import { STOPPED } from "../compare/words.ts";
import type { View } from "./view.ts";
import { isSweepAlone, sweepSentences } from "./sweepAnswer.ts";
import { durationText } from "./numbers.ts";
import { listed } from "../base/lists.ts";
import { counted, oneLine, sentence } from "./words.ts";

export interface Answer {
  /** What was compared. */
  readonly subject: string;
  /** By variant; the baseline and those without a summary are left out. */
  readonly model: readonly Told[];
  readonly behaviour: readonly Told[];
  /** Of a sweep of one model: what each measure does over it. */
  readonly sweep: readonly string[];
  /** How the differences divide between the model, the seed and the step; empty where there is one model alone. */
  readonly numerics: string;
  /** Null where nothing was recorded. */
  readonly recording: string | null;
  /** Why it is not complete; null where it is. */
  readonly interrupted: string | null;
}

export interface Told {
  readonly variant: number;
  readonly sentence: string;
}

const VERDICT_WORDS: Readonly<Record<Exclude<Verdict, "numerics">, string>> = {
  model: "the model",
  seed: "the seed",
  step: "the step",
  none: "no difference",
  unknown: "not known",
  undefined: "not defined",
  fault: "a fault?",
};

/** As a cell of a table says it. */
export function verdictWords({ result }: View, { verdict, variant }: Pick<Contrast, "verdict" | "variant">): string {
  return verdict === "numerics"
    ? (numericsOf(result.structure, variant, result.baseline) ?? "method or step")
    : VERDICT_WORDS[verdict];
}

/** How often such a table would claim something of equal models, and what its intervals are; empty where there are not several. */
export function manyIntervals({ result }: View): string {
  const count = result.contrasts.filter((c) => c.interval !== null).length;
  return count < 2
    ? ""
    : `The ${count} differences that chance may make are tested as one family (Holm): of equal models a table like this would claim something in 5 of 100 cases at most. The intervals are those of each difference by itself: each misses the true one with a chance of 5 %.`;
}

export function answerOf(view: View): Answer {
  const { result } = view;
  return {
    subject: subjectOf(view),
    model: result.structure.map((s) => ({ variant: s.variant, sentence: view.told(s) })),
    behaviour: behaviourOf(view),
    sweep: isSweepAlone(view) ? sweepSentences(view) : [],
    numerics: isSweepAlone(view) ? "" : sharesOf(view),
    recording:
      result.recording === null || result.recording.sentence === "" ? null : sentence(result.recording.sentence),
    interrupted: result.complete
      ? null
      : result.reason === undefined || result.reason === STOPPED
        ? "The comparison was stopped before its end: some values are missing."
        : `The comparison is not complete: ${sentence(result.reason)}`,
  };
}

function subjectOf(view: View): string {
  const { variants, experiments, about, baseline, sweep } = view.result;
  const under = experiments.map((e, k) => `${view.experiment(k)} (${durationText(e.duration)})`);
  const where =
    under.length === 0
      ? "under no experiment that they have in common"
      : `under ${listed(under.length > 4 ? [...under.slice(0, 4), `${under.length - 4} more`] : under)}`;
  const seeds = about.seeds.length > 1 ? `, ${counted(about.seeds.length, "seed")} each` : "";
  const over =
    sweep === null
      ? ""
      : `, at ${counted(new Set(sweep.points.map((p) => p.at.join(" "))).size, "point")} of ${listed(sweep.axes.map((axis) => oneLine(axis.name, 40)))}`;
  const against = variants.length > 1 ? ` Differences are taken to ${view.label(baseline)}.` : "";
  const what = isSweepAlone(view) ? oneLine(variants[0]?.model ?? "", 60) : counted(variants.length, "variant");
  return `${what} ${where}${seeds}${over}.${against}`;
}

/** Of each variant the first measure that the model has changed, and how many more. */
function behaviourOf(view: View): Told[] {
  const { variants, baseline, contrasts, experiments } = view.result;
  return variants.flatMap((_, variant) => {
    const own = contrasts.filter((c) => c.variant === variant);
    if (variant === baseline || own.length === 0) return [];
    const changed = own
      .filter((c) => c.verdict === "model" || c.verdict === "numerics")
      .sort((a, b) => a.measure - b.measure || a.experiment - b.experiment);
    const fault = own.find((c) => c.verdict === "fault");
    if (fault !== undefined)
      return [{ variant, sentence: `${view.measure(fault.measure)}: ${sentence(fault.sentence)}` }];
    const unsure = own.find(isUnsure);
    const [first] = changed;
    if (first === undefined && unsure !== undefined)
      return [{ variant, sentence: `${view.measure(unsure.measure)}: ${sentence(unsure.sentence)}` }];
    if (first === undefined) {
      const all = own.every((c) => c.verdict === "none");
      const none = own.every((c) => c.verdict === "undefined");
      const unknown = own.some((c) => c.verdict === "unknown");
      const sentence = none
        ? "Nothing could be measured that both define."
        : all
          ? "No difference in any measure."
          : unknown
            ? "One seed alone does not tell whether it differs."
            : "No difference that goes beyond what the seed and the step do.";
      return [{ variant, sentence }];
    }
    const where = experiments.length > 1 ? ` under ${view.experiment(first.experiment)}` : "";
    const cause = verdictWords(view, first);
    const more =
      changed.length > 1
        ? ` ${changed.length - 1 === 1 ? "One more difference is" : `${changed.length - 1} more differences are`} due to ${cause}.`
        : "";
    return [{ variant, sentence: `${view.measure(first.measure)}${where}: ${sentence(first.sentence)}${more}` }];
  });
}

/** More than seeds differ by, though not for certain. */
function isUnsure({ verdict, difference, seedSpread }: Contrast): boolean {
  return verdict === "seed" && difference !== null && seedSpread !== null && Math.abs(difference) > seedSpread;
}

function sharesOf(view: View): string {
  const { contrasts, about, baseline } = view.result;
  if (contrasts.length === 0)
    return view.result.variants.length < 2
      ? "There is one variant alone: no differences."
      : "There are no differences to divide.";
  const count = (verdict: Verdict): number => contrasts.filter((c) => c.verdict === verdict).length;
  const unsure = contrasts.filter(isUnsure).length;
  const is = (n: number): string => (n === 1 ? "is" : "are");
  const parts = [
    [count("model"), (n: number) => `${n} ${is(n)} due to the model`],
    [count("numerics"), (n: number) => `${n} ${is(n)} due to the method or the step of a variant`],
    [count("seed") - unsure, (n: number) => `${n} ${is(n)} no larger than the difference between seeds`],
    [unsure, (n: number) => `${n} ${is(n)} larger, but may be chance`],
    [count("step"), (n: number) => `${n} ${is(n)} no larger than what halving the step does`],
    [count("none"), (n: number) => `${n} ${is(n)} none at all`],
    [count("unknown"), (n: number) => `${n} cannot be told from what another seed makes`],
    [count("undefined"), (n: number) => `${n} ${is(n)} not defined`],
    [count("fault"), (n: number) => `${n} ${is(n)} of models that are the same, and may be a fault of glif`],
  ] as const;
  const shares = parts.filter(([n]) => n > 0).map(([n, say]) => say(n));
  return `Of ${counted(contrasts.length, "difference")} from ${view.label(baseline)}, ${listed(shares)}.${seedRemark(contrasts, about.seeds.length)}`;
}

function seedRemark(contrasts: readonly Contrast[], seeds: number): string {
  if (contrasts.every((c) => c.seedSpread === 0)) return " Nothing here depends on the seed.";
  return seeds < 2 ? " One seed was run: what another would do is not known." : "";
}
