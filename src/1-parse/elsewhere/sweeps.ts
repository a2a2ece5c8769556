// Sweeps as Python, MATLAB and papers write them: `from 100 pA to 500 pA step 100 pA`, `linspace(…)`, `= [1, 2] ms`.
import { LBrace } from "../../../grammar/tokens.ts";
import { closing, fix, onLine, replace, statementEnd, told, written } from "./scene.ts";
import type { Recogniser } from "./scene.ts";

/** At the beginning of a statement of a comparison. */
export const sweep: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  const isLoop = word?.image === "for" && /^(?:in|over|from)$/u.test(tokens[i + 2]?.image ?? "");
  if (word === undefined || (!/^(?:sweep|scan|vary)$/u.test(word.image) && !isLoop) || !onLine(word, next)) return null;
  const end = statementEnd(tokens, i + 1);
  const text = written(scene, i + 1, end);
  const last = isLoop && tokens[end]?.tokenType === LBrace ? closing(tokens, end) : end;
  const inside = last > end ? written(scene, end + 1, last - 1).trim() : "";
  const meant = meantSweep(text) ?? (isLoop ? text.replace(/\b(?:in|from)\b/u, "over").replace(/[:{]\s*$/u, "") : null);
  if (meant === null || `${word.image}${text}`.replace(/\s+/gu, "") === `sweep${meant}`.replace(/\s+/gu, ""))
    return null;
  return {
    diagnostic: told(
      scene,
      i,
      end,
      "sweep from to",
      fix(`write \`sweep ${meant}\``, replace(scene, i, last, `sweep ${meant}${inside === "" ? "" : `\n${inside}`}`)),
    ),
    instead: [],
    next: last,
  };
};

const PATH =
  "[\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*(?:\\[[^\\]]*\\](?=\\s*\\b(?:over|from|in)\\b))?";
const TARGET = new RegExp(
  `^(?<x>${PATH})\\s*(?:\\b(?:over|from|in|through|between|across)\\b|=|:|,)?\\s*(?<values>(?!.*\\bover\\b)[^~]+)$`,
  "su",
);
const CALL =
  /^(?:(?:np|numpy)\.)?(?<f>linspace|geomspace|logspace|arange|range)\s*\(\s*(?<a>[^,]+?)\s*,\s*(?<b>[^,]+?)\s*,\s*(?<c>[^,]+?)\s*\)\s*\*?\s*(?<unit>\p{L}\S*)?$/u;
const COLONS =
  /^\[?\s*(?<a>-?[\d.]+[^:]*?)\s*:\s*(?<s>[\d.]+[^:]*?)\s*:\s*(?<b>-?[\d.]+[^:\]]*?)\s*\]?\s*\*?\s*(?<unit>\p{L}\S*)?$/u;
const TO = "\\s*(?:\\.\\.|…|\\b(?:to|until|and)\\b)\\s*";
const STEPPED = new RegExp(
  `^(?<a>-?[\\d.]+.*?)${TO}(?<b>-?[\\d.]+.*?)\\s*,?\\s*\\b(?:in steps of|steps? of|in increments of|with step|with a step of|step size|step|by|every)\\s*[=:]?\\s*(?<s>[\\d.]+.*)$`,
  "su",
);
const COUNTED = new RegExp(
  `^(?<a>.+?)${TO}(?<b>.+?)\\s*,?\\s*\\b(?:in|with|using|at|n|num)\\s*[=:]?\\s*(?<n>\\d+)\\s*(?<log>log\\w*)?\\s*(?:steps?|points?|values?)?$`,
  "su",
);

/** What stands behind `sweep`, as it is written here; null where that is not to be seen. */
export function meantSweep(text: string): string | null {
  const [, logarithmic, plain = text] = /^(log(?:arithmic(?:ally)?)?)\s+(?!over\b)(.+)$/su.exec(text) ?? [];
  const meant = rangeOf(plain.replace(/\[\s*([^\][,]+?\.\.[^\][,]+?)\s*\]/u, "$1"));
  return meant === null || logarithmic === undefined || meant.includes("logarithmic")
    ? meant
    : meant.replace(/ steps$/u, " logarithmic steps");
}

function rangeOf(text: string): string | null {
  const { x = "", values = "" } = TARGET.exec(text)?.groups ?? {};
  if (x === "") return null;
  if (/^\[[^:]*\]\s*\S*$/su.test(values)) return `${x} over ${values}`;
  const called = CALL.exec(values)?.groups;
  const [range, open] = [
    called ?? COLONS.exec(values)?.groups ?? STEPPED.exec(values)?.groups ?? COUNTED.exec(values)?.groups,
    called?.["f"] === "arange" || called?.["f"] === "range",
  ];
  if (range === undefined) return null;
  const { a = "", b = "", unit = "" } = range;
  // Of bare numbers they are the exponents.
  if (called?.["f"] === "logspace" && /^-?[\d.]+$/u.test(a)) return null;
  const { f = "", c = "", s = "", log = /^(?:geom|log)space$/u.test(f) ? "log" : "" } = range;
  // `5:15:3`: what is less than the step is a number of values, and the step was the end.
  const isCount = s !== "" && /^\d+$/u.test(b) && Number(b) < parseFloat(s);
  const { n = f.endsWith("space") ? c : isCount ? b : "" } = range;
  const [from, to] = inUnits(a, isCount ? s : b, unit);
  if (/^\d+$/u.test(n)) return `${x} over ${from} .. ${to} in ${n} ${log === "" ? "" : "logarithmic "}steps`;
  const counted = n === "" ? stepped(from, to, inUnits(s === "" ? c : s, b, unit)[0], open) : null;
  return counted === null ? null : `${x} over ${counted}`;
}

/** `100`, `500 pA` as `100 pA`, `500 pA`; with the unit behind both of them where they have none. */
function inUnits(a: string, b: string, behind: string): readonly [string, string] {
  const unit = behind !== "" ? behind : (/^-?[\d.]+(?:e[-+]?\d+)?\s*\*?\s*(\p{L}\S*)$/iu.exec(b)?.[1] ?? "");
  const whole = (text: string): string =>
    /^-?[\d.]+(?:e[-+]?\d+)?$/iu.test(text) && unit !== "" ? `${text} ${unit}` : text;
  return [whole(a), whole(b)].map((text) => text.replace(/^(-?[\d.]+(?:e[-+]?\d+)?)\s*\*?\s*(?=\p{L})/iu, "$1 ")) as [
    string,
    string,
  ];
}

/** From one end to the other by a step, the end left out where `open`: a range with both its ends, and how many values it takes. */
function stepped(from: string, to: string, step: string, open: boolean): string | null {
  const [a, b, s] = [from, to, step].map(
    (text) => /^(?<x>-?[\d.]+(?:e[-+]?\d+)?)\s*(?<unit>.*)$/isu.exec(text)?.groups,
  );
  if (a === undefined || b === undefined || s === undefined || a["unit"] !== b["unit"] || b["unit"] !== s["unit"])
    return null;
  const [start, end, width] = [Number(a["x"]), Number(b["x"]), Number(s["x"])];
  const steps = Math.floor((end - start) / width + 1e-9);
  const last = open && Math.abs(start + steps * width - end) < 1e-9 * Math.abs(width) ? steps - 1 : steps;
  if (!(last >= 1 && last < 1e6)) return null;
  const reached = Number((start + last * width).toPrecision(12));
  return `${from} .. ${reached === end ? to : `${String(reached)} ${b["unit"] ?? ""}`.trimEnd()} in ${String(last + 1)} steps`;
}
