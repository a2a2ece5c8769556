// Foreign ways of writing populations, connections and recordings: calls of Python, slices, lists.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  By,
  Colon,
  Comma,
  Connect,
  Dot,
  DotDot,
  Equals,
  Identifier,
  If,
  LBrace,
  Less,
  LParen,
  Method,
  Minus,
  Name,
  NumberLiteral,
  Population,
  RBrace,
  Record,
  RParen,
  RSquare,
  Where,
  reservedWords,
} from "../../../grammar/tokens.ts";
import type { TextEdit } from "../../diagnostics/diagnostic.ts";
import {
  ARGUMENT_WORDS,
  DISTRIBUTION_NAMES,
  DISTRIBUTION_WORDS,
  METHOD_WORDS,
  RULE_WORDS,
} from "../../diagnostics/habits.ts";
import { keywordAsName } from "../../diagnostics/syntax.ts";
import { isUnitSymbol } from "../../quantities/unit.ts";
import {
  closing,
  findAt,
  fix,
  insertBehind,
  onLine,
  readAs,
  replace,
  rewritten,
  spanning,
  statementEnd,
  told,
  written,
} from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";

/** At the beginning of a statement. */
export const inNetwork: Recogniser = (scene, i) =>
  settingOutside(scene, i) ??
  synapseDelay(scene, i) ??
  rule(scene, i) ??
  keywordNamed(scene, i) ??
  population(scene, i) ??
  connection(scene, i) ??
  recording(scene, i) ??
  method(scene, i);

/** `E.I_e = 300 pA` among the populations of a network: it belongs into the braces of `E`. */
const settingOutside: Recogniser = (scene, i) => {
  const { tokens, block, depth } = scene;
  const [name, dot, x, sign] = tokens.slice(i, i + 4);
  if (
    block !== "network" ||
    depth !== 1 ||
    dot?.tokenType !== Dot ||
    x === undefined ||
    !/^[=~]$/u.test(sign?.image ?? "")
  )
    return null;
  const end = statementEnd(tokens, i);
  const at = tokens.findIndex((t, k) => t.tokenType === Population && tokens[k + 1]?.image === name?.image && k < i);
  const put = intoBraces(scene, statementEnd(tokens, at), x.image, written(scene, i + 2, end));
  return {
    diagnostic: told(
      scene,
      i,
      end,
      "p.x = 1 in network",
      at < 0 || put === null
        ? []
        : fix(`put it into the braces of \`${name?.image ?? ""}\``, put, replace(scene, i, end, "")),
    ),
    instead: [],
    next: end,
  };
};

/** `delay = 1.5 ms` in a synapse: it belongs into the braces of its connections. */
const synapseDelay: Recogniser = (scene, i) => {
  const { tokens, block, depth, declared } = scene;
  const word = tokens[i];
  if (block !== "synapse" || depth !== 1 || word?.image !== "delay" || declared.has("delay")) return null;
  const end = statementEnd(tokens, i);
  const value = written(scene, i + 1, end)
    .replace(/^\s*[=:]\s*/u, "")
    .trim();
  let head = i;
  while (head > 0 && tokens[head]?.image !== "synapse") head--;
  const synapse = tokens[head + 1]?.image;
  const edits = tokens.flatMap((t, k) => {
    if (t.tokenType !== By || tokens[k + 1]?.image !== synapse) return [];
    const behind = tokens[k + 2]?.image === "as" ? k + 4 : k + 2;
    return intoBraces(scene, behind, "delay", `delay = ${value}`) ?? [];
  });
  const fixes =
    edits.length === 0 || value === ""
      ? []
      : fix("put it into the braces of the connections", replace(scene, i, end, ""), ...edits);
  return { diagnostic: told(scene, i, end, "on pre after", fixes), instead: [], next: end };
};

/** A setting put into the braces that open at `k`, or into new ones before it; null where `name` is set there. */
function intoBraces(scene: Scene, k: number, name: string, setting: string): TextEdit | null {
  const { tokens } = scene;
  if (tokens[k]?.tokenType !== LBrace) return insertBehind(scene, k - 1, ` { ${setting} }`);
  const end = closing(tokens, k);
  if (tokens.slice(k, end).some((t) => t.image === name)) return null;
  return insertBehind(scene, k, tokens[k + 1]?.tokenType === RBrace ? ` ${setting} ` : ` ${setting};`);
}

/** `population noise = 100 poisson(8 Hz)`: told once, and read as that name wherever the network has it. */
const keywordNamed: Recogniser = (scene, i) => {
  const { tokens, block, depth } = scene;
  const [word, name, equals] = tokens.slice(i, i + 3);
  if (block !== "network" || depth !== 1 || word?.tokenType !== Population || equals?.tokenType !== Equals) return null;
  if (name === undefined || tokenMatcher(name, Name) || !reservedWords.includes(name.image)) return null;
  const other = `${name.image}_`;
  const isName = (k: number): boolean =>
    /^(?:connect|->|,|record|population)$/u.test(tokens[k - 1]?.image ?? "") && tokens[k]?.image === name.image;
  const edits = tokens.flatMap((_, k) => (isName(k) ? [replace(scene, k, k + 1, other)] : []));
  return {
    diagnostic: {
      ...keywordAsName(spanning(scene, i + 1, i + 2), { word: name.image, what: "the name of a population" }),
      fixes: fix(`call it \`${other}\``, ...edits),
    },
    instead: [word, readAs(name, Identifier, other)],
    next: i + 2,
  };
};

/** `population E = LIF(800)`, `population E : 800*LIF`, `E = 800 LIF` */
const population: Recogniser = (scene, i) => {
  const { tokens, block, depth } = scene;
  const word = tokens[i];
  if (
    block !== "network" ||
    depth !== 1 ||
    word === undefined ||
    (word.tokenType !== Population && tokens[i + 1]?.tokenType !== Equals)
  )
    return null;
  let end = i + 1;
  while (
    end < tokens.length &&
    onLine(tokens[end], word) &&
    tokens[end]?.tokenType !== LBrace &&
    tokens[end]?.tokenType !== RBrace
  )
    end++;
  const text = written(scene, i, end);
  const head =
    /^(?:population\s+)?([\p{L}_][\p{L}\p{N}_]*)(?:\s*\[\s*([\p{L}\p{N}_]+)\s*\])?\s*(=|:|of)\s*(.*)$/su.exec(text);
  if (head === null) return null;
  const [, name = "", size, sign = "", right = ""] = head;
  const counted =
    size === undefined
      ? COUNTED.map((form) => form.exec(right)?.groups).find((g) => g !== undefined)
      : { n: size, m: /^[\p{L}_][\p{L}\p{N}_]*$/u.exec(right)?.[0] ?? "" };
  const { n = "", m = "" } = counted ?? {};
  if (m === "" || SOURCES.has(m)) return null;
  const plain =
    word.tokenType === Population &&
    sign === "=" &&
    size === undefined &&
    /^[\p{L}\p{N}_.]+\s+(?!of\b)[\p{L}_]/u.test(right);
  return plain ? null : rewritten(scene, i, end, "population e = lif(800)", `population ${name} = ${n} ${m}`);
};

/** How many, and of what. */
const COUNTED = [
  /^(?<m>[\p{L}_][\p{L}\p{N}_]*)\s*=\s*(?<n>\d+)$/u,
  /^(?<n>\d+)\s*(?:[*×]|x(?=\s)|of(?=\s))?\s*(?<m>[\p{L}_][\p{L}\p{N}_]*)$/u,
  /^(?<m>[\p{L}_][\p{L}\p{N}_]*)\s*[*([]\s*(?<n>\d+)\s*[)\]]?$/u,
  /^(?:NeuronGroup|Population|Create|nest\.Create)\s*\(\s*(?<n>\d+)\s*,\s*"?(?<m>[\p{L}_][\p{L}\p{N}_]*)"?.*\)$/su,
  /^(?:NeuronGroup|Population|Create|nest\.Create)\s*\(\s*["']?(?<m>[\p{L}_][\p{L}\p{N}_]*)["']?\s*,\s*(?:n=)?(?<n>\d+).*\)$/su,
] as const;

const SOURCES: ReadonlySet<string> = new Set(["poisson", "spikes"]);

/** `connect(E, I) by …`, `connect E -> (E, I) by …`, `connect E -> I: Exc …` */
const connection: Recogniser = (scene, i) => {
  const { tokens } = scene;
  if (tokens[i]?.tokenType !== Connect || scene.block !== "network") return null;
  let end = i + 1;
  while (
    end < tokens.length &&
    onLine(tokens[end], tokens[i]) &&
    tokens[end]?.tokenType !== LBrace &&
    tokens[end]?.tokenType !== RBrace
  )
    end++;
  const text = written(scene, i, end);
  const plain = text
    .replace(/^connect\s*[([]([^()[\]]+)[)\]](?=\s*->)/u, (_, sources: string) => `connect ${sources.trim()}`)
    .replace(/^connect\s*\(\s*([\p{L}\p{N}_]+)\s*,\s*([\p{L}\p{N}_]+)\s*\)/u, "connect $1 -> $2")
    .replace(/->\s*[([]\s*([\p{L}\p{N}_, ]+?)\s*[)\]]/u, "-> $1")
    .replace(/^([^(:]*->[^(:]*?)\s*:\s*(?=[\p{L}_])/u, "$1 by ");
  return plain === text ? null : rewritten(scene, i, end, "connect(e, i)", plain);
};

/** `record(V)`, `record "V", "w"`, `record V w`, `record V at 0.5 ms`, `record spike` */
const recording: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const word = tokens[i];
  if (
    word?.tokenType !== Record ||
    scene.block !== "experiment" ||
    !onLine(word, tokens[i + 1]) ||
    tokens[i + 2]?.tokenType === NumberLiteral
  )
    return null;
  let end = Math.max(statementEnd(tokens, i + 1), i + 2);
  while (end > i + 2 && !onLine(tokens[end - 1], word)) end--;
  const text = written(scene, i, end);
  const whole = text.replace(/\s+(?:from|between|after|until|during)\s+\d.*$/su, "");
  if (whole !== text && !whole.includes("every")) return rewritten(scene, i, end, "record v from a to b", whole);
  const plain = text
    .replace(/["']([\p{L}_][\p{L}\p{N}_.]*)["']/gu, "$1")
    .replace(/^record\s*[([]([^()[\]]*)[)\]]/u, "record $1")
    .replace(/\bspikes\s*\(\s*([\p{L}\p{N}_]+)\s*\)/u, "$1.spikes")
    .replace(
      /(?:,\s*(?:dt|every|interval)\s*[=:]|,?\s+(?:with\s+)?(?:an?\s+)?(?:interval|period|resolution)(?:\s+of)?\s*[=:]?|\s(?:at|with|dt)(?=\s+\d))\s*(?=\d)/u,
      " every ",
    )
    .replace(/\s*(?:&|\band\b)\s*/gu, ", ")
    .replace(
      /(?<![.\p{L}\p{N}_])([\p{L}_][\p{L}\p{N}_]*(?:\[[^\][]*\])?)[ \t]+(?=[\p{L}_])(?!every\b)/gu,
      (whole, name: string) => (isPopulation(scene, name) ? `${name}.` : whole),
    )
    .replace(/(^record\s+|[.,]\s*)spike(?![\p{L}\p{N}_])/u, "$1spikes")
    .replace(/([\p{L}\p{N}_])\.([\p{L}_][\p{L}\p{N}_]*)(\[\d+\.\.\d+\])/gu, "$1$3.$2")
    .replace(/(?<!^record)(?<!\bevery)(?<=[\p{L}\p{N}_])[ \t]+(?!every\b)(?=[\p{L}_])(?<!\d[ \t]+)/gu, ", ")
    .replace(/[ \t]{2,}/gu, " ");
  return plain === text.replace(/[ \t]{2,}/gu, " ") ? null : rewritten(scene, i, end, "record(v)", plain);
};

/** Whether a population of the file is called so, `E` or `E[0..4]`. */
function isPopulation({ tokens }: Scene, name: string): boolean {
  const bare = name.replace(/\[.*/u, "");
  return tokens.some((t, k) => t.tokenType === Population && tokens[k + 1]?.image === bare);
}

/** `method cnexp` */
const method: Recogniser = (scene, i) => {
  const [word, name] = scene.tokens.slice(i, i + 2);
  const meant = METHOD_WORDS.get(name?.image.toLowerCase() ?? "");
  return word?.tokenType !== Method ||
    name === undefined ||
    !onLine(word, name) ||
    meant === undefined ||
    scene.block !== "experiment"
    ? null
    : rewritten(scene, i, i + 2, "method cnexp", `method ${meant}`);
};

/** `pairwise_bernoulli(0.1)`, `all_to_all`, `if rand() < 0.1` */
export const rule: Recogniser = (scene, i) => {
  const { tokens, block, depth } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (word === undefined || block !== "network" || depth !== 1 || tokens[i - 1]?.tokenType === Population) return null;
  if (word.tokenType === If || word.tokenType === Where) {
    const [name, open, close, less, p] = tokens.slice(i + 1, i + 6);
    const isDraw =
      /^rand(om)?$/.test(name?.image ?? "") &&
      open?.tokenType === LParen &&
      close?.tokenType === RParen &&
      less?.tokenType === Less &&
      p !== undefined;
    return isDraw ? rewritten(scene, i, i + 6, "where rand() < p", `random(p: ${p.image})`) : null;
  }
  const meant = RULE_WORDS.get(word.image);
  if (meant === undefined || (next?.tokenType !== LParen && meant.includes("$"))) return null;
  const close = next?.tokenType === LParen ? findAt(tokens, i + 2, tokens.length, () => false) : i;
  const inside = written(scene, i + 2, close).replace(/^[\p{L}_]+\s*[:=]\s*/u, "");
  return rewritten(scene, i, close + 1, "pairwise_bernoulli", meant.replace("$1", inside));
};

/** `pulse(300 pA, start: 10 ms)`, `random(indegree: 10)`, `V ~ gauss(…)`, `file(x.csv)` */
export const argument: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (word === undefined || next === undefined) return null;
  const distribution = DISTRIBUTION_WORDS.get(word.image);
  if (tokens[i - 1]?.image === "~" && next.tokenType === LParen && distribution !== undefined)
    return rewritten(scene, i, i + 1, "u(a, b)", distribution);
  if (tokens[i - 1]?.image === "~" && next.tokenType === LParen && DISTRIBUTION_NAMES.has(word.image)) {
    const close = findAt(tokens, i + 2, tokens.length, () => false);
    const unit = tokens[close + 1];
    const inside = written(scene, i + 2, close);
    if (/^[-\d.]+\s*,\s*[-\d.]+$/u.test(inside) && onLine(tokens[close], unit) && isUnitSymbol(unit?.image ?? "")) {
      const text = `${word.image}(${inside
        .split(",")
        .map((a) => `${a.trim()} ${unit?.image ?? ""}`)
        .join(", ")})`;
      return rewritten(scene, i, close + 2, "normal(10, 1) ms", text);
    }
    if (onLine(tokens[close], unit) && isUnitSymbol(unit?.image ?? "") && !scene.declared.has(unit?.image ?? ""))
      return rewritten(scene, i, close + 2, "e_l mv", written(scene, i, close + 1), "leave the unit out");
    if (/^[^,:]+\.\.[^,:.]+(?:\.\d[^,:.]*)?$/u.test(inside))
      return rewritten(scene, i, close + 1, "u(a, b)", `${word.image}(${inside.replace(/\s*\.\.\s*/u, ", ")})`);
  }
  if (word.image === "file" && next.tokenType === LParen && tokens[i + 2]?.tokenType === Identifier) {
    const close = findAt(tokens, i + 2, tokens.length, () => false);
    const path = written(scene, i + 2, close);
    return /^[\p{L}\p{N}_./-]+\.\w+$/u.test(path)
      ? rewritten(scene, i, close + 1, "file(x.csv)", `file("${path}")`)
      : null;
  }
  if ((next.tokenType !== Colon && next.tokenType !== Equals) || scene.inner === 0) return null;
  let open = i;
  for (let depth = 0; open > 0 && depth < 1; open--)
    depth += tokens[open - 1]?.tokenType === LParen ? 1 : tokens[open - 1]?.tokenType === RParen ? -1 : 0;
  const called = tokens[open - 1]?.image ?? "";
  if (called === "random" && block === "network" && /^(in|out)_?degree$/.test(word.image)) {
    const close = findAt(tokens, i + 2, tokens.length, () => false);
    return {
      ...rewritten(
        scene,
        open - 1,
        close + 1,
        "probability:",
        `${word.image.replace("_", "")}(n: ${written(scene, i + 2, close)})`,
      ),
      instead: [word, next],
      next: i + 2,
    };
  }
  const meant = ARGUMENT_WORDS.get(called)?.get(word.image);
  if (meant === undefined) return null;
  const habit =
    called === "poisson"
      ? "rates:"
      : DISTRIBUTION_NAMES.has(called)
        ? "u(a, b)"
        : block === "network"
          ? "probability:"
          : called.startsWith("r") && called !== "ramp"
            ? "tol:"
            : "start:";
  return next.tokenType === Equals
    ? rewritten(scene, i, i + 2, habit, `${meant}:`)
    : rewritten(scene, i, i + 1, habit, meant);
};

/** `IClamp(amp: 300 pA, del: 10 ms, dur: 70 ms)`, `pulse(300 pA, start: 10 ms, duration: 70 ms)`: a clamp has a delay and lasts, a pulse has a beginning and an end. */
export const clamp: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, open] = [tokens[i], tokens[i + 1]];
  if (word === undefined || open?.tokenType !== LParen || !CLAMP.test(word.image) || block === "neuron") return null;
  const close = findAt(tokens, i + 2, tokens.length, () => false);
  if (tokens[close]?.tokenType !== RParen) return null;
  const given = new Map<string, string>();
  for (let k = i + 2; k < close;) {
    const end = findAt(tokens, k, close, (t) => t.tokenType === Comma);
    const [, name = ["value", "from", "to"][given.size] ?? "", value = ""] =
      /^(?:([\p{L}_]+)\s*[:=]\s*)?(.*)$/su.exec(written(scene, k, end).trim()) ?? [];
    const part = CLAMP_PARTS.find(([, words]) => words.test(name))?.[0];
    if (part === undefined || value === "" || given.has(part)) return null;
    given.set(part, value.replace(/^(-?[\d.]+(?:e-?\d+)?)\s*\*\s*(?=\p{L})/iu, "$1 "));
    k = end + 1;
  }
  // NEURON's are in nA and ms.
  if (/^iclamp$/iu.test(word.image) && [...given.values()].every((value) => /^-?[\d.]+(?:e-?\d+)?$/iu.test(value)))
    for (const [part, value] of given) given.set(part, `${value} ${part === "value" ? "nA" : "ms"}`);
  const [value, from, lasts, to] = ["value", "from", "lasts", "to"].map((part) => given.get(part));
  if (
    value === undefined ||
    (lasts === undefined && (word.image === "pulse" || (from ?? to) === undefined)) ||
    (lasts !== undefined && to !== undefined)
  )
    return null;
  const end = to ?? (lasts === undefined ? undefined : from === undefined ? lasts : `${from} + ${lasts}`);
  const parts = [value, ...(from === undefined ? [] : [`from: ${from}`]), ...(end === undefined ? [] : [`to: ${end}`])];
  return rewritten(scene, i, close + 1, "iclamp(del: …)", `pulse(${parts.join(", ")})`);
};

const CLAMP = /^(pulse|IClamp|iclamp|step_current|current_clamp|dc_generator|DCSource|StepCurrent|square)$/u;

const CLAMP_PARTS: readonly (readonly [part: string, words: RegExp])[] = [
  ["value", /^(value|amp|amplitude|i|I|current)$/u],
  ["from", /^(from|del|delay|start|onset|t_start|begin)$/u],
  ["lasts", /^(dur|duration|length|width|lasts?)$/u],
  ["to", /^(to|stop|end|t_stop|until)$/u],
];

/** Inside brackets behind a name: `E[0:5]`, `E[0-4]`, `E[:]` */
export const slice: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [name, a, sign, b, close] = [tokens[i - 1], tokens[i + 1], tokens[i + 2], tokens[i + 3], tokens[i + 4]];
  if (name === undefined || block !== "experiment" || !tokenMatcher(name, Name)) return null;
  if (a?.tokenType === Colon && sign?.tokenType === RSquare)
    return rewritten(scene, i, i + 3, "e[0:5]", "", "leave `[:]` out");
  if (a?.tokenType === Colon && sign?.tokenType === NumberLiteral && b?.tokenType === RSquare && Number(sign.image) > 0)
    return rewritten(scene, i, i + 4, "e[0:5]", `[0..${Number(sign.image) - 1}]`);
  if (
    a?.tokenType !== NumberLiteral ||
    b?.tokenType !== NumberLiteral ||
    close?.tokenType !== RSquare ||
    (sign?.tokenType !== Colon && sign?.tokenType !== Minus)
  )
    return null;
  const last = sign.tokenType === Colon ? String(Number(b.image) - 1) : b.image;
  if (Number(last) < Number(a.image)) return null;
  return {
    ...rewritten(scene, i, i + 5, "e[0:5]", `[${a.image}..${last}]`),
    instead: [...tokens.slice(i, i + 2), readAs(sign, DotDot, ".."), readAs(b, NumberLiteral, last), close],
  };
};
