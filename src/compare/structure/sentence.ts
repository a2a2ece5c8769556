// One sentence for how two models differ, as short as a paper's.
import { TIME } from "../../quantities/dimension.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import type { StructuralDifference } from "../comparison.ts";
import type { Difference, Through } from "./difference.ts";
import { quantityText } from "./write.ts";

export interface Labels {
  readonly a: string;
  readonly b: string;
}

/** Parts that are spelled out; the rest is counted. */
const MOST_PARTS = 3;
/** Mechanisms that a model adds are spelled out a little further. */
const MOST_ADDED = 4;
const LONGEST_CHANGE = 120;

export function summaryOf(labels: Labels, difference: Difference): StructuralDifference {
  return {
    sentence: sentenceOf(labels, difference),
    equal: difference.equal,
    measuredAlike: difference.through.every((t) => t.kind !== "measured"),
    items: difference.items,
  };
}

export function sentenceOf({ a, b }: Labels, difference: Difference): string {
  const { equal, phrases, items } = difference;
  const aside = asideOf({ a, b }, difference);
  if (equal === true) return `${a} and ${b} are the same model${aside}`;
  if (equal === null)
    return `${a} and ${b} are not proven to be the same model: ${listed(difference.unproven, "more")} may only be written otherwise${aside}`;
  const { added, removed } = phrases;
  const changedValues = phrases.values.map(shortNumbers);
  const all = [...changedValues, ...phrases.settings];
  const changed = phrases.changed.map((text) => (text.length > LONGEST_CHANGE ? text.replace(/: .*$/s, "") : text));
  const structural = [...added, ...removed, ...changed];
  if (structural.length === 0 && all.length > 0)
    return `${b} = ${a} with ${listed(all, phrases.settings.length === 0 ? "parameters" : "more")}${aside}`;
  if (structural.length === 0)
    return `${b} differs from ${a} in ${listed(
      items.map((i) => i.name),
      "more",
    )}${aside}`;
  const values =
    all.length === 0
      ? []
      : all.length === 1
        ? all
        : [`${all.length} ${phrases.settings.length === 0 ? "parameters" : "settings"}`];
  const withValues = values.length === 0 ? "" : `, with ${values[0] ?? ""}${all.length === 1 ? "" : " changed"}`;
  if (removed.length === 0 && added.length > 0 && changed.length <= 1) {
    const parts = [...added, ...changed.map((c) => c.replace(/^the (\w.*?): .*$/s, "another $1"))];
    return `${b} = ${a} + ${spelled(parts, " + ")}${withValues}${aside}`;
  }
  if (added.length === 0 && removed.length > 0 && changed.length === 0) {
    return `${b} = ${a} without ${listed(removed, "more")}${withValues}${aside}`;
  }
  // The changed first: they are what both have in common.
  const parts = [...changed, ...added.map((x) => `${x} (added)`), ...removed.map((x) => `${x} (removed)`)];
  const shown = parts.slice(0, values.length > 0 ? MOST_PARTS - 1 : MOST_PARTS);
  const rest = parts.length - shown.length;
  return `${b} differs from ${a} in ${sequence([...shown, ...(rest > 0 ? [`${rest} more`] : []), ...values])}${aside}`;
}

/** Five digits are enough to read by, unless that would make the two sides alike. */
function shortNumbers(text: string): string {
  const short = text.replace(/\d+\.\d{4,}(?![\de])/g, (digits) => String(Number(Number(digits).toPrecision(5))));
  const [before = "", after = ""] = short.split(" -> ").map((side) => (side.match(/\d[\d.]*/g) ?? []).join(" "));
  // A unit may stand behind the second number alone, a name with digits before the first.
  return ` ${before}`.endsWith(` ${after}`) ? text : short;
}

/** "x, y and 4 more parameters" */
function listed(texts: readonly string[], rest: string): string {
  if (texts.length <= MOST_PARTS) return sequence(texts);
  return sequence([
    ...texts.slice(0, MOST_PARTS - 1),
    `${texts.length - MOST_PARTS + 1} ${rest === "more" ? "more" : `more ${rest}`}`,
  ]);
}

function spelled(parts: readonly string[], glue: string): string {
  const shown = parts.length <= MOST_ADDED ? parts : parts.slice(0, MOST_ADDED - 1);
  const rest = parts.length - shown.length;
  return shown.join(glue) + (rest > 0 ? `${glue}${rest} more` : "");
}

function sequence(texts: readonly string[]): string {
  return texts.length < 2 ? (texts[0] ?? "") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1) ?? ""}`;
}

/** What was seen through and what was not proven, in parentheses. */
function asideOf(labels: Labels, { through, unproven, equal, givenUp, atStep }: Difference): string {
  const meanings = through.filter((t) => t.kind !== "renamed").map((t) => throughText(t, labels));
  const names = through.filter((t) => t.kind === "renamed");
  const renamed =
    names.length === 0
      ? []
      : names.length <= 2
        ? names.map((t) => `${t.name} is ${t.meaning}`)
        : [`${names.length} names changed`];
  const all = [
    ...meanings.slice(0, MOST_PARTS),
    ...(meanings.length > MOST_PARTS ? [`${meanings.length - MOST_PARTS} more`] : []),
    ...renamed,
  ];
  const doubt =
    equal !== false || unproven.length === 0 ? [] : [`perhaps written otherwise: ${listed(unproven, "more")}`];
  const vast = givenUp ? ["too large for everything to be proven"] : [];
  const step = equal === false || atStep === null ? [] : [`at a step of ${quantityText(atStep, canonicalUnit(TIME))}`];
  const text = [...all, ...doubt, ...vast, ...step].join(", ");
  return text === "" ? "" : ` (${text})`;
}

/** `τ = 1/k`; where both models have the name, whose it is. */
export function throughText({ name, meaning, of }: Through, { a, b }: Labels): string {
  const clash = new RegExp(
    `(^|[^\\p{L}\\p{N}_.])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}($|[^\\p{L}\\p{N}_.])`,
    "u",
  ).test(meaning);
  return `${clash ? `${of === "a" ? a : b}'s ` : ""}${name} = ${meaning}`;
}
