// Whole lines as other tools write them, told by their text alone: a pattern, and the line as it is written here.
import { Comma, If, LBrace, LParen, RBrace, RParen, Semicolon } from "../../../grammar/tokens.ts";
import { parseUnit } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import { fix, onLine, replace, rewritten, told, written } from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";
import { assigned } from "./statements.ts";

interface Line {
  /** Where it stands: "neuron synapse"; empty for outside of all blocks. */
  readonly blocks: string;
  /** As a whole. */
  readonly pattern: RegExp;
  readonly habit: string;
  /** How it is written here; null where words alone can help, undefined where it is nothing foreign after all. */
  readonly mended: (
    groups: Readonly<Record<string, string>>,
    declared: ReadonlySet<string>,
  ) => string | null | undefined;
}

const N = "[\\p{L}_][\\p{L}\\p{N}_]*";
const MODELS = "neuron mechanism synapse";

const line = (blocks: string, pattern: string, habit: string, mended: Line["mended"]): Line => ({
  blocks,
  pattern: new RegExp(`^${pattern}$`, "su"),
  habit,
  mended,
});

const LINES: readonly Line[] = [
  line(MODELS, `(?<word>param|state|let|input|const)\\s+(?<x>${N})\\s*=\\s*(?<value>[^:;{}?]+?)\\s*:\\s*(?<unit>[^\\s:]+)`, "x = 1 : ms", ({ word = "", x = "", value = "", unit = "" }) => {
    const meant = "unit" in parseUnit(unit) ? unit : suggestUnits(unit)[0];
    return meant === undefined || value.includes(",") ? undefined : `${word} ${x} : ${meant} = ${value}`;
  }),
  line("neuron", "refractory\\s+(?:for|of|period|during)\\s+(?<rest>\\S.*)", "refractory for", ({ rest = "" }) => `refractory ${rest}`),
  line("neuron", "refractory\\s+[^{}]*[<>≤≥][^{}]*", "refractory c", () => null),
  line("neuron", `global\\s+(?<sign>[-+]?[01])\\s+(?<c>[^{}]+?)\\s*\\{(?<does>[^{}]*)\\}`, "global 1 c {}", ({ sign = "", c = "", does = "" }) => {
    const [, a, b] = /^([^-+]+)-([^-+]+)$/u.exec(c) ?? [];
    const passes = sign.endsWith("0") ? null : a === undefined || b === undefined ? `${c} ${sign.startsWith("-") ? "<" : ">"} 0` : `${a.trim()} ${sign.startsWith("-") ? "<" : ">"} ${b.trim()}`;
    return passes === null ? null : `spike when ${passes}\nreset { ${body(does)} }`;
  }),
  line("neuron", "onCondition\\s*\\((?<c>.+?)\\)\\s*[:{]\\s*(?<does>.*?)\\s*\\}?", "oncondition(c):", ({ c = "", does = "" }) => `spike when ${c}\nreset { ${body(does)} }`),
  line("synapse", "onReceive\\s*\\([^()]*\\)\\s*[:{]\\s*(?<does>.*?)\\s*\\}?", "onreceive(s):", ({ does = "" }) => `on pre { ${body(does)} }`),
  line("synapse", "on\\s+(?:pre|post)\\s*\\{[^{}]*\\}\\s*(?:after|with|delay)\\b.*", "on pre after", () => null),
  line(MODELS, `FUNCTION\\s+(?<f>${N})\\s*\\((?<args>.*?)\\)\\s*(?:\\((?<unit>[^()]*)\\))?\\s*\\{\\s*(?:${N}\\s*=)?\\s*(?<value>[^{}=]*?)\\s*\\}`, "function f(x (mv)) {}", ({ f = "", args = "", unit = "", value = "" }) => {
    const typed = args.replace(/\s*\(([^()]*)\)?/gu, " : $1");
    return `function ${f}(${typed})${unit === "" ? "" : ` : ${unit}`} = ${value}`;
  }),
  line(MODELS, "TABLE\\s.*", "table", () => ""),
  line("experiment", "record\\s+(?<what>.+?)\\s*,\\s*every\\s+(?<dt>.+)", "record(v)", ({ what = "", dt = "" }) => `record ${what} every ${dt}`),
  line("experiment", `record\\s+(?:d${N}\\s*/\\s*dt|${N}'|${N}\\s*[-+*/]\\s*[\\p{L}\\p{N}].*)`, "record v - e", () => null),
  line("experiment", `method\\s+${N}\\s*:.*`, "method e: euler", () => null),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=]+?)\\s+(?:for|during|between)\\s+(?:(?<a>[^<>]+?)\\s*<=?\\s*t\\s*<=?\\s*(?<b>[^<>]+)|t\\s*>=?\\s*(?<c>[^<>]+))`, "x for a < t < b", ({ x = "", value = "", a, b, c = "" }) => `${x} = pulse(${value}, ${a === undefined || b === undefined ? `from: ${c}` : `from: ${a}, to: ${b}`})`),
  line("experiment settings", `(?<x>${N}(?:\\.${N})?)\\s*(?<sign>[=~])\\s*(?<f>${N})\\((?<args>[-\\d.,\\s]+)\\)\\s*(?<unit>\\p{L}[^\\s(){}]*)`, "normal(10, 1) ms", ({ x = "", f = "", args = "", unit = "" }) => ("unit" in parseUnit(unit) ? `${x} ~ ${f}(${args.split(",").map((a) => `${a.trim()} ${unit}`).join(", ")})` : undefined)),
  line("experiment settings", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?:'(?<a>[^'"]*)'|"(?<b>[^'"]*[-+*/(][^'"]*)")`, "x = 'e'", ({ x = "", a, b = "" }) => (/\.\w+$/u.test(a ?? b) ? undefined : `${x} = ${(a ?? b).replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ")}`)),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*(?:\\d+\\s+)?(?!poisson\\b|spikes\\b)${N})\\s*\\((?<sets>\\s*${N}\\s*[=:].*)\\)`, "lif(x = 1)", ({ head = "", sets = "" }) => `${head} { ${sets.trim().replace(/(?<=[\p{L}\p{N}_])\s*:\s*/gu, " = ")} }`),
  line("network", `(?<head>connect\\b[^{}()]*\\bby\\s+${N}(?:\\s+as\\s+${N})?)\\s*\\((?<sets>\\s*${N}\\s*=[^{}]*?)\\)(?<alias>\\s+as\\s+${N})?\\s*(?<rule>[^{}]*)`, "lif(x = 1)", ({ head = "", sets = "", alias = "", rule = "" }) => `${head}${alias} { ${sets.trim()} } ${rule}`.trimEnd()),
  line("network", "(?<head>connect\\b[^{}]*)\\{\\s*(?<sets>[^{}]*?)\\s*\\}\\s*(?<rule>.+?)\\s+delay\\s*[=:]?\\s*(?<delay>[\\d.]+\\s*\\p{L}+)", "rule delay 1 ms", ({ head = "", sets = "", rule = "", delay = "" }) => `${head}{ ${sets === "" ? "" : `${sets}, `}delay = ${delay} } ${rule}`),
  line("network", "(?<head>connect\\b[^{}]*)\\{\\s*(?<sets>[^{}]*?)\\s*,?\\s*\\b(?:p|probability)\\s*[=:]\\s*(?<p>[\\d.]+)\\s*\\}", "{ p = 0.1 }", ({ head = "", sets = "", p = "" }, declared) => (declared.has("p") ? undefined : `${head}{ ${sets} } random(p: ${p})`)),
  line("network", "(?<head>connect\\b.*\\ballow\\s+(?:self|multiple))\\s*[=:]\\s*(?:true|yes|1)", "allow self = true", ({ head = "" }) => head),
  line("experiment", `record\\s+(?<what>${N}(?:\\s*,\\s*${N})*)\\s+(?:of|in|from)\\s+(?<e>${N})(?<every>\\s+every\\s+.+)?`, "record v of e", ({ what = "", e = "", every = "" }) => `record ${what.split(",").map((x) => `${e}.${x.trim()}`).join(", ")}${every}`),
  line("experiment", `record\\s+(?<e>${N})\\s*\\[\\s*(?<list>\\d+(?:\\s*,\\s*\\d+)+)\\s*\\]\\s*\\.\\s*(?<x>${N})(?<every>\\s+every\\s+.+)?`, "record e[0, 1].v", ({ e = "", list = "", x = "", every = "" }) => {
    const ks = list.split(",").map(Number);
    const isRange = ks.every((k, n) => n === 0 || k === (ks[n - 1] ?? 0) + 1);
    return `record ${isRange ? `${e}[${ks[0]}..${ks[ks.length - 1]}].${x}` : ks.map((k) => `${e}[${k}].${x}`).join(", ")}${every}`;
  }),
  line("experiment", `record\\s+(?<x>${N})\\s*\\(\\s*(?:0?\\.\\d+|0|1)\\s*\\)(?<every>\\s+every\\s+.+)?`, "record v(0.5)", ({ x = "", every = "" }) => `record ${x}${every}`),
  line("experiment", `init(?:ial)?\\s+(?<x>${N}(?:\\.${N})?)\\s*(?<sign>=|~)\\s*(?<value>.+)`, "init v = -65 mv", ({ x = "", sign = "", value = "" }) => `${x} ${sign} ${value}`),
  line("experiment", `(?<x>${N})_init\\s*=\\s*(?<value>[^=]+)`, "init v = -65 mv", ({ x = "", value = "" }, declared) => (declared.has(`${x}_init`) || !declared.has(x) ? undefined : `${x} = ${value}`)),
  line("experiment", `[vV]_init\\s*=\\s*(?<value>[^=]+)`, "init v = -65 mv", ({ value = "" }, declared) => {
    const x = ["V", "v"].find((name) => declared.has(name));
    return x === undefined || declared.has("v_init") || declared.has("V_init") ? undefined : `${x} = ${value}`;
  }),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}]+?)\\s+from\\s+(?<a>\\d[^=;{}]*?)\\s+(?:to|until)\\s+(?<b>\\d[^=;{}]*)`, "x for a < t < b", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}\\.${N})\\s*:\\s*(?<value>[-+]?\\d.*)`, "e.x: 3", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment", "seed\\s+(?:=\\s*)?(?:random|none|null|None|auto|time)", "seed random", () => ""),
  line("experiment", `model\\s+${N}`, "model in experiment", () => null),
  line("neuron", `reset\\s*\\{(?<does>[^{}]*)\\}\\s*when\\s+(?<c>[^{}]+)`, "reset when", ({ does = "", c = "" }) => `spike when ${c}\nreset {${does}}`),
  line("neuron", "spike\\s+when\\s+(?<c>[^{}]*?[<>≤≥][^{}]*?)\\s+(?:rising|upwards?|falling|downwards?)", "v crosses θ", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `(?<head>refractory\\s+[^{}]+?)\\s*\\{\\s*hold\\s+(?<x>${N})(?:\\s*(?:=|<-)|\\s+at\\b)\\s*[^{};\\s][^{};]*\\}`, "hold v = e", ({ head = "", x = "" }) => `${head} { hold ${x} }`),
  line(MODELS, `(?<f>${N})\\s*\\(\\s*(?<v>${N})\\s*\\)\\s*=\\s*(?<value>[^={}]+)`, "f(v) = …", ({ f = "", v = "", value = "" }, declared) => (declared.has(f) || v === "t" || /^(d|D|der|diff|ddt)$/u.test(f) ? undefined : declared.has(v) ? `let ${f} = ${value}` : null)),
  line("network", `(?<head>connect\\s[^{}]*?\\[\\s*\\d+)\\s*:\\s*(?<b>\\d+)(?<rest>\\s*\\].*)`, "e[0:5]", ({ head = "", b = "", rest = "" }) => (Number(b) < 1 ? undefined : `${head}..${Number(b) - 1}${rest}`)),
  line("network", `(?<head>.*\\bpoisson)\\s*\\(\\s*(?:rate\\s*[:=]\\s*)?(?<rate>[\\d.]+\\s*[kM]?Hz)\\s*,\\s*(?<parts>(?:start|from|stop|to|end|until)\\s*[:=].*)\\)`, "poisson(start:)", ({ head = "", rate = "", parts = "" }) => `${head}(pulse(${rate}, ${parts.replace(/\bstart\s*[:=]\s*|\bfrom\s*[:=]\s*/gu, "from: ").replace(/\b(?:stop|to|end|until)\s*[:=]\s*/gu, "to: ")}))`),
  line("network", `(?<head>.*\\bspikes\\s*\\(\\s*)\\[\\s*(?<times>[\\d.]+(?:\\s+[\\d.]+)+)\\s*\\](?<rest>.*)`, "[10 20]", ({ head = "", times = "", rest = "" }) => `${head}[${times.trim().split(/\s+/u).join(", ")}]${rest}`),
  line(MODELS, `param\\s+(?<name>\\d+\\p{L}[\\p{L}\\p{N}_]*)\\s*=.*`, "1g", () => null),
  line("", "import\\s+(?:\\*\\s*(?:as\\s+\\S+\\s+)?from\\s*)?[\"'][^\"']*[\"']", "import *", () => null),
  line("", "done", "done", () => ""),
]; // prettier-ignore

/** `V = E_L⏎ emit_spike()` as the inside of a reset. */
function body(does: string): string {
  return does
    .split(/[;\n,]/u)
    .map((s) => assigned(s))
    .filter((s) => s !== "" && !/^emit_spike\b/u.test(s))
    .join("; ");
}

/** At the beginning of a statement, inside of a block or outside of all. */
export const inLine: Recogniser = (scene, i) => {
  const { block, depth, tokens } = scene;
  if (depth > 1 && block !== "network") return inEvent(scene, i);
  const home = depth <= 0 ? "" : depth > 1 ? "settings" : block;
  const [end, further] = [lineEnd(scene, i), indentedEnd(scene, i)];
  const known = linesOf(home);
  for (const to of end === further ? [end] : [further, end]) {
    const text = written(scene, i, to).trim();
    for (const { pattern, habit, mended } of text.length > LONGEST ? [] : known) {
      const match = pattern.exec(text);
      const instead = match === null ? undefined : mended(match.groups ?? {}, scene.declared);
      if (instead === undefined) continue;
      const indent = `\n${" ".repeat(Math.max(0, (tokens[i]?.startColumn ?? 1) - 1))}`;
      if (instead === null) return { diagnostic: told(scene, i, to, habit, []), instead: [], next: to };
      return instead === ""
        ? removed(scene, i, to, habit)
        : rewritten(scene, i, to, habit, instead.replaceAll("\n", indent));
    }
  }
  return null;
};

const LONGEST = 300;

/** Lines by the kind of block that they stand in. */
const BY_BLOCK = new Map<string, typeof LINES>();

function linesOf(home: string): typeof LINES {
  const old = BY_BLOCK.get(home);
  if (old !== undefined) return old;
  const found = LINES.filter((l) => l.blocks === home || (home !== "" && l.blocks.split(" ").includes(home)));
  BY_BLOCK.set(home, found);
  return found;
}

/** In a reset or an event: `emit_spike()`, and `if c then x <- a`. */
function inEvent(scene: Scene, i: number): Finding | null {
  const { tokens } = scene;
  const end = lineEnd(scene, i);
  const text = written(scene, i, end).trim();
  if (/^emit_spike\s*\(\s*\)$/u.test(text)) return removed(scene, i, end, "emit_spike()");
  const [, c, x, value] =
    tokens[i]?.tokenType === If
      ? (/^if\s+(.+?)\s*(?:then\s+|:\s*)([\p{L}_][\p{L}\p{N}_.]*)\s*(?:<-|=)\s*([^={}]+)$/su.exec(text) ?? [])
      : [];
  return c === undefined || x === undefined || value === undefined || /\belse\b/u.test(value)
    ? null
    : rewritten(scene, i, end, "if c then x <- a", `${x} <- if ${c} then ${value} else ${x}`);
}

/** Taken out, with the semicolon before it. */
function removed(scene: Scene, i: number, end: number, habit: string): Finding {
  const from = scene.tokens[i - 1]?.tokenType === Semicolon ? i - 1 : i;
  return {
    diagnostic: told(scene, i, end, habit, fix("leave it out", replace(scene, from, end, ""))),
    instead: [],
    next: end,
  };
}

/** Behind what stands on the line, up to a semicolon or the `}` of the block around it. */
function lineEnd({ tokens, block, depth: open }: Scene, i: number): number {
  let depth = 0;
  for (let k = i; k < tokens.length; k++) {
    const token = tokens[k];
    if (token === undefined || (k > i && depth === 0 && !onLine(token, tokens[i]))) return k;
    if (token.tokenType === LBrace || token.tokenType === LParen) depth++;
    if ((token.tokenType === RBrace || token.tokenType === RParen) && --depth < 0) return k;
    if (
      depth === 0 &&
      (token.tokenType === Semicolon || (token.tokenType === Comma && block === "network" && open > 1))
    )
      return k;
  }
  return tokens.length;
}

/** The same with the lines below that are indented further, as Python's blocks are. */
function indentedEnd(scene: Scene, i: number): number {
  const { tokens } = scene;
  let end = lineEnd(scene, i);
  if (tokens[end - 1]?.image !== ":") return end;
  while (end < tokens.length && (tokens[end]?.startColumn ?? 0) > (tokens[i]?.startColumn ?? 0)) end++;
  return end;
}
