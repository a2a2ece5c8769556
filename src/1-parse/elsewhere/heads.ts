// Foreign ways of writing heads of models and experiments: `experiment Step(LIF) {`, `experiment E of 10 LIF {`, `neuron A extends LIF` without braces.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import { BlockKeyword, Comparison, Experiment, Import, LBrace, Name, SynapseWord } from "../../../grammar/tokens.ts";
import {
  closing,
  findAt,
  fix,
  onLine,
  readAs,
  replace,
  reread,
  rewritten,
  startsStatement,
  told,
  written,
} from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";

/** `experiment Step(LIF) {`, `synapse Inh : Exc {`, `neuron A() {` */
export const atHead: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, name] = [tokens[i], tokens[i + 1]];
  const special = otherWord(scene, i) ?? ofExperiment(scene, i) ?? ofComparison(scene, i) ?? empty(scene, i);
  if (special !== null) return special;
  if (
    word === undefined ||
    name === undefined ||
    (!tokenMatcher(word, BlockKeyword) && word.tokenType !== SynapseWord) ||
    !tokenMatcher(name, Name) ||
    !onLine(word, name)
  )
    return null;
  const parameters = /^\(\s*((?:[\p{L}_][\p{L}\p{N}_]*\s*=\s*[^=(){},]+,?\s*)+)\)$/u;
  const opening = findAt(tokens, i + 2, Math.min(i + 60, tokens.length), (t) => t.tokenType === LBrace);
  const own = tokens[opening]?.tokenType === LBrace ? parameters.exec(written(scene, i + 2, opening))?.[1] : undefined;
  if (own !== undefined && word.image !== "experiment" && word.image !== "comparison")
    return rewritten(scene, i, opening + 1, "neuron lif(c = 1)", `${word.image} ${name.image} { param ${own.trim()};`);
  const brace = findAt(tokens, i + 2, Math.min(i + 8, tokens.length), (t) => t.tokenType === LBrace);
  if (tokens[brace]?.tokenType !== LBrace || !onLine(tokens[brace], word)) return null;
  const inside =
    /^(?:\(\s*([\p{L}\p{N}_]*)\s*\)|[:=,]\s*([\p{L}\p{N}_]+)|(?:of\s+(?:neuron|model|network)|for|on|with|using|is|from|inherits(?:\s+from)?|based\s+on)\s+([\p{L}\p{N}_]+))$/u.exec(
      written(scene, i + 2, brace),
    );
  if (inside === null) return null;
  const base = inside[1] ?? inside[2] ?? inside[3] ?? "";
  const head = `${word.image} ${name.image}`;
  return rewritten(
    scene,
    i,
    brace,
    word.image === "experiment" ? "experiment x(y)" : "synapse x(y)",
    base === "" ? head : `${head} ${word.image === "experiment" ? "of" : "extends"} ${base}`,
  );
};

/** `experiment "E" of LIF {`, `experiment E of LIF { C = 90 pF } {`, `experiment E of 10 LIF {`, `experiment E of LIF[10] {` */
const ofExperiment: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const word = tokens[i];
  if (word?.tokenType !== Experiment) return null;
  const brace = findAt(tokens, i + 1, Math.min(i + 12, tokens.length), (t) => t.tokenType === LBrace);
  if (tokens[brace]?.tokenType !== LBrace || !onLine(tokens[brace], word)) return null;
  const head = written(scene, i, brace).trim();
  const [, alone, first] =
    /^(experiment\s+[\p{L}_][\p{L}\p{N}_]*\s+of\s+([\p{L}_][\p{L}\p{N}_]*))\s*,[\p{L}\p{N}_\s,]+$/su.exec(head) ?? [];
  if (alone !== undefined && first !== undefined)
    return { diagnostic: told(scene, i, brace, "of a, b", []), instead: reread(scene, i, brace, alone), next: brace };
  const inside = subjectInside(scene, i, brace, head);
  if (inside !== null) return inside;
  const quoted = /^experiment\s+["']([\p{L}_][\p{L}\p{N}_]*)["'](.*)$/su.exec(head);
  if (quoted !== null)
    return rewritten(scene, i, brace, "quoted word", `experiment ${quoted[1] ?? ""}${quoted[2] ?? ""}`);
  const behind = closing(tokens, brace);
  if (behind > brace && tokens[behind]?.tokenType === LBrace && onLine(tokens[behind], tokens[behind - 1])) {
    const text = `${head} { ${written(scene, brace + 1, behind - 1).trim()};`;
    return rewritten(scene, i, behind + 1, "lif { } { }", text);
  }
  const {
    name = "",
    n = "",
    m = "",
    k = "",
    l = "",
  } = /^experiment\s+(?<name>[\p{L}_][\p{L}\p{N}_]*)\s+of\s+(?:(?<n>\d+)\s*[*×]?\s*(?<m>[\p{L}_][\p{L}\p{N}_]*)|(?<k>[\p{L}_][\p{L}\p{N}_]*)\s*\[\s*(?<l>\d+)\s*\])$/u.exec(
    head,
  )?.groups ?? {};
  const [model, size] = [m || k, n || l];
  if (model === "") return null;
  const taken = new Set(tokens.map((t) => t.image));
  const [network, population] = [free(taken, `${model}s`), free(taken, "P")];
  const text = `network ${network} { population ${population} = ${size} ${model} }\nexperiment ${name} of ${network} `;
  return {
    diagnostic: told(
      scene,
      i,
      brace,
      "of 10 lif",
      fix(`declare a network of ${size} \`${model}\``, replace(scene, i, brace, text)),
    ),
    instead: reread(scene, i, brace, `experiment ${name} of ${model}`),
    next: brace,
  };
};

/** `comparison Levels of LIF, Adaptive {`, where the braces name the models, too */
const ofComparison: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, name, of] = tokens.slice(i, i + 3);
  if (word?.image !== "comparison" || name === undefined || of?.image !== "of") return null;
  const brace = findAt(tokens, i + 3, Math.min(i + 24, tokens.length), (t) => t.tokenType === LBrace);
  if (tokens[brace]?.tokenType !== LBrace || !onLine(tokens[brace], word)) return null;
  const end = closing(tokens, brace);
  if (!tokens.slice(brace, end).some((t) => t.image === "models")) return null;
  return {
    ...rewritten(scene, i, brace, "comparison of a, b", `comparison ${name.image}`),
    instead: [readAs(word, Comparison), name],
  };
};

/** `run Step of LIF {` */
const otherWord: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, name, of, subject, brace] = tokens.slice(i, i + 5);
  return /^(?:run|simulate|sim|test|trial|stimulation|recording|session)$/u.test(word?.image ?? "") &&
    name !== undefined &&
    of?.image === "of" &&
    subject !== undefined &&
    brace?.tokenType === LBrace
    ? rewritten(scene, i, i + 1, "run x of y", "experiment")
    : null;
};

/** `experiment E { neuron LIF; duration 1 s }` */
function subjectInside(scene: Scene, i: number, brace: number, head: string): Finding | null {
  const { tokens } = scene;
  const end = closing(tokens, brace);
  const at = tokens.findIndex(
    (t, k) =>
      k > brace &&
      k < end &&
      startsStatement(tokens, k) &&
      /^(?:neuron|model|network|subject|on|of|for)$/u.test(t.image),
  );
  const subject = tokens[at + 1];
  const next = tokens[at + 2];
  const isAlone = next !== undefined && (startsStatement(tokens, at + 2) || /^[;}]$/u.test(next.image));
  if (at < 0 || subject === undefined || !isAlone || !/^experiment\s+[\p{L}_][\p{L}\p{N}_]*$/u.test(head)) return null;
  const last = next.image === ";" ? at + 3 : at + 2;
  const text = `${head} of ${subject.image}`;
  return {
    diagnostic: told(
      scene,
      i,
      brace,
      "experiment x(y)",
      fix(`write \`${text}\``, replace(scene, i, brace, `${text} `), replace(scene, at, last, "")),
    ),
    instead: [...reread(scene, i, brace, text), ...tokens.slice(brace, at)],
    next: last,
  };
}

function free(taken: ReadonlySet<string>, name: string): string {
  return taken.has(name) ? free(taken, `${name}_`) : name;
}

/** `neuron A extends LIF`, and nothing in braces behind it */
const empty: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, name] = tokens.slice(i, i + 2);
  if (word === undefined || !(tokenMatcher(word, BlockKeyword) || word.tokenType === SynapseWord) || name === undefined)
    return null;
  let end = i + 1;
  while (end < tokens.length && onLine(tokens[end], word)) end++;
  const next = tokens[end];
  const isOver =
    next === undefined ||
    tokenMatcher(next, BlockKeyword) ||
    next.tokenType === SynapseWord ||
    next.tokenType === Import;
  const text = written(scene, i, end);
  return isOver && /^\p{L}+\s+[\p{L}_][\p{L}\p{N}_]*\s+extends\s+[\p{L}_][\p{L}\p{N}_]*$/u.test(text)
    ? rewritten(scene, i, end, "neuron a extends b", `${text} { }`)
    : null;
};
