// Whole lines as other tools write them, told by their text alone: a pattern, and the line as it is written here.
import type { TokenType } from "chevrotain";
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  BlockKeyword,
  Comma,
  Experiment,
  Identifier,
  If,
  LBrace,
  LParen,
  LSquare,
  Network,
  Neuron,
  Population,
  RBrace,
  Refractory,
  RParen,
  RSquare,
  Semicolon,
  Spike,
  State,
} from "../../../grammar/tokens.ts";
import { isUnitSymbol, parseUnit } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import type { Token } from "../lexical.ts";
import { closing, fix, inModel, onLine, replace, rewritten, startsStatement, told, written } from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";
import { conditionOf, valueOfOthers } from "./oneNeuron.ts";
import { assigned } from "./statements.ts";

interface Line {
  /** Where it stands: "neuron synapse"; empty for outside of all blocks. */
  readonly blocks: string;
  /** Of the line as a whole; made into an expression where lines of its block are looked for. */
  readonly pattern: string;
  readonly habit: string;
  /** How it is written here; null where words alone can help, undefined where it is nothing foreign after all. */
  readonly mended: (
    groups: Readonly<Record<string, string>>,
    declared: ReadonlySet<string>,
    scene: Scene,
    i: number,
  ) => string | null | undefined;
}

const N = "[\\p{L}_][\\p{L}\\p{N}_]*";
const MODELS = "neuron mechanism synapse";
/** What a file of Python brings along, of which a model needs nothing. */
const TOOL =
  "(?:brian2?|nest|pynest|pyNN|neuron|numpy|scipy|matplotlib|pylab|math|random|netpyne|arbor)(?![\\w\"'/])(?!\\.glif)";

const line = (blocks: string, pattern: string, habit: string, mended: Line["mended"]): Line => ({
  blocks,
  pattern,
  habit,
  mended,
});

const LINES: readonly Line[] = [
  line("", `(?:from|import)\\s+["']?${TOOL}\\b.*`, "import brian2", () => ""),
  line("", `from\\s+["']?(?<path>[\\w./-]+)["']?\\s+import\\s+(?<names>\\*|${N}(?:\\s*(?:,|\\bas\\b)\\s*${N})*)`, "from lif import lif", ({ path = "", names = "" }) => (names === "*" ? null : `import ${names} from "${ofFile(path)}"`)),
  line("", `import\\s+(?<name>${N})\\s+from\\s+(?<path>[\\w./-]+)`, "from lif import lif", ({ name = "", path = "" }) => `import ${name} from "${ofFile(path)}"`),
  line("", `import\\s+[\\w./]+(?:\\s+as\\s+${N})?`, "from lif import lif", () => null),
  line(MODELS, `(?<f>(?:${N}'|d${N}/dt)\\s*=\\s*[^:]+?)\\s*\\(\\s*unless\\s+refractory\\s*\\)`, "flags", ({ f = "" }) => f.replace(/^d(.+?)\/dt/u, "$1'")),
  line("synapse", `(?<x>${N})_post\\s*=\\s*(?<value>[^=:]+)`, "(summed)", ({ x = "", value = "" }, declared, { inputs }) => {
    const target = declared.has(x) ? x : inputs.size === 1 ? [...inputs][0] : undefined;
    return declared.has(`${x}_post`) ? undefined : target === undefined ? null : `post.${target} += ${ofEnds(value, declared)}`;
  }),
  line("network", `(?<head>connect\\b[^{}]*(?:\\{[^{}]*\\}|\\bby\\s+${N}))\\s*(?:if\\s+|when\\s+)?(?<c>[ij]\\s*(?:[!=]=|≠|[<>≤≥]=?)\\s*[^{}]+)`, "i != j", ({ head = "", c = "" }) => `${head} all where ${c}`),
  line("synapse", "on\\s+(?<end>pre|post)\\s*\\.\\s*spikes?\\s*(?<rest>\\{.*)", "on pre.spike", ({ end = "", rest = "" }) => `on ${end} ${rest}`),
  line(MODELS, "(?<head>(?:param|state)\\s+[^=,]+?(?:=[^=,]+?)?)\\s+in\\s*[\\[(][^\\[\\]()=]*[\\])](?<rest>\\s*=[^=]+)?", "x in [a, b]", ({ head = "", rest = "" }) => `${head}${rest}`),
  line(MODELS, `(?<word>param|const|state)\\s+(?<a>${N})\\s*=\\s*(?<b>${N})\\s*=\\s*(?<value>[^=,]+)`, "a = b = 1", ({ word = "", a = "", b = "", value = "" }, _declared, { tokens }) => (tokens.filter((t) => t.image === b).length > 1 ? null : `${word} ${a} = ${value}, ${b} = ${value}`)),
  line("experiment", `record\\s+(?<x>${N}(?:\\.${N})?)\\s+as\\s+\\S+`, "record v as x", ({ x = "" }) => `record ${x}`),
  line("network", "(?<head>connect\\s+[^{}]*?\\[)\\s*:\\s*(?<b>\\d+)(?<rest>\\s*\\].*)", "e[0:5]", ({ head = "", b = "", rest = "" }) => (Number(b) < 1 ? undefined : `${head}0..${Number(b) - 1}${rest}`)),
  line("network", "connect\\s+(?:poisson|spikes)\\s*\\(.*", "connect poisson(…) -> e", () => null),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?<n>\\d+)\\s+(?:[Pp]oisson\\w*|SpikeSourcePoisson)\\s*\\{\\s*(?:rates?|freq\\w*)\\s*[=:]\\s*(?<rate>[^{},;]+?)\\s*\\}`, "rates:", ({ x = "", n = "", rate = "" }) => `population ${x} = ${n} poisson(${rate.replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ")})`),
  line("network", `population\\s+(?<all>${N}\\s*=\\s*\\w+\\s+${N}(?:\\s*,\\s*(?:population\\s+)?${N}\\s*=\\s*\\w+\\s+${N})+)`, "population e = …, i = …", ({ all = "" }) => /=\s*\d+\s+(?:[pnuµm]A|mV|nS|pF|ms)(?![\p{L}\p{N}_])/u.test(all) ? undefined : all.split(",").map((one) => `population ${one.trim().replace(/^population\s+/u, "")}`).join("\n")),
  line("experiment", "(?<x>neurons?|n_neurons|num_neurons|N)\\s*[=:]?\\s*\\d+", "neurons 10", ({ x = "" }, declared) => (declared.has(x) ? undefined : null)),
  line("experiment", `(?<e>${N})\\.(?<x>${N})\\s*\\[\\s*(?<k>\\d+|\\d*:\\d*)\\s*\\]\\s*=\\s*(?<value>[^=]+)`, "p[0].i =", ({ e = "", x = "", k = "", value = "" }, declared, scene, at) => {
    const condition = conditionOf(k);
    // Elements of what has an index are set so.
    if (!declared.has(x) || condition === null || new RegExp(`(?<![\\p{L}\\p{N}_.])${x}\\s*\\[`, "u").test(scene.source.text)) return undefined;
    if (condition === "") return `${e}.${x} = ${value}`;
    const others = valueOfOthers(scene, at, e, x);
    return others === null || others.statement !== null ? null : `${e}.${x} = if ${condition} then ${value} else ${others.value}`;
  }),
  line("experiment", `(?<x>${N}\\.${N})\\s*=\\s*(?:np\\.)?linspace\\s*\\(\\s*(?<a>-?[\\d.]+)\\s*(?<from>\\p{L}*)\\s*,\\s*(?<b>-?[\\d.]+)\\s*(?<to>\\p{L}*)\\s*,\\s*(?<n>\\d+)\\s*\\)\\s*\\*?\\s*(?<behind>\\p{L}*)`, "linspace(a, b, n)", ({ x = "", a = "", from = "", b = "", to = "", n = "", behind = "" }) => {
    const unit = [from, to, behind].find((u) => u !== "") ?? "";
    const rise = Number((Number(b) - Number(a)).toPrecision(12));
    if (Number(n) < 2 || [from, to].some((u) => u !== "" && u !== unit)) return null;
    return `${x} = ${`${a} ${unit}`.trim()} ${rise < 0 ? "-" : "+"} ${`${Math.abs(rise)} ${unit}`.trim()}*i/${Number(n) - 1}`;
  }),
  line("experiment", "(?<word>step|duration)\\s+(?<a>\\d+(?:\\.\\d+)?)\\s*/\\s*(?<b>\\d+(?:\\.\\d+)?)\\s*(?<unit>[mµu]?s)", "1/16 ms", ({ word = "", a = "", b = "", unit = "" }) => {
    const value = Number(a) / Number(b);
    return Number(b) > 0 && Number(value.toPrecision(12)) === value ? `${word} ${value} ${unit}` : null;
  }),
  line(MODELS, `(?<x>${N})\\s*'\\s*\\(\\s*t\\s*\\)\\s*=\\s*(?<f>.+)`, "i(t)", ({ x = "", f = "" }) => `${x}' = ${f}`),
  line(MODELS, `(?<x>${N})(?:\\[\\s*\\w+\\s*\\+\\s*1\\s*\\])?\\s*=\\s*\\k<x>(?:\\[\\s*\\w+\\s*\\])?\\s*\\+\\s*(?:dt\\s*\\*\\s*(?<f>.+)|(?<g>.+?)\\s*\\*\\s*dt)`, "v += dt*f", ({ x = "", f, g = "" }) => (isFactor(f ?? g) ? `${x}' = ${f ?? g}` : undefined)),
  line(MODELS, `(?<x>${N})\\s*\\+=\\s*(?<g>.+?)\\s*\\*\\s*dt`, "v += dt*f", ({ x = "", g = "" }) => (isFactor(g) ? `${x}' = ${g}` : undefined)),
  line(MODELS, `d(?<x>${N}?)_?dt\\s*=\\s*(?<f>[^=].*)`, "d(v)/dt", ({ x = "", f = "" }, declared) => (declared.has(x) && !declared.has(`d${x}dt`) ? `${x}' = ${f}` : undefined)),
  line(MODELS, `(?<x>${N})'\\s*=\\s*(?<f>.*(?:\\)|[^\\p{N}\\s]\\p{N}*))\\s+(?<unit>\\p{L}+/\\p{L}+)`, "e_l mv", ({ x = "", f = "", unit = "" }) => ("unit" in parseUnit(unit) && !/(?:^|[-+*/(\s])[\d.]+$/u.test(f) ? `${x}' = ${f}` : undefined)),
  line(MODELS, `(?:eqn?|ode|equation|diff|deriv)\\s+(?<f>${N}'\\s*=.+)`, "eq v' =", ({ f = "" }) => f),
  line(MODELS, `(?<f>${N}'\\s*=\\s*.+?)\\s+where\\s+(?<x>${N})\\s*=\\s*(?<value>[^=]+)`, "x where y =", ({ f = "", x = "", value = "" }) => `let ${x} = ${value}\n${f}`),
  line(MODELS, `(?<f>(?:d${N}/dt|${N}')\\s*=\\s*.+?)\\s*(?::\\s*[^\\s:]+\\s*)?\\((?:clock|event)-driven\\)`, "(clock-driven)", ({ f = "" }) => f.replace(/^d(.+?)\/dt/u, "$1'")),
  line(MODELS, `(?<x>${N})\\s*=\\s*\\k<x>\\s*\\*\\s*exp\\(\\s*-\\s*d?t\\s*/\\s*(?<tau>${N})\\s*\\)`, "g = g*exp", ({ x = "", tau = "" }) => `${x}' = -${x}/${tau}`),
  line(MODELS, `(?:states|initial|init|variables?|vars?)\\s+(?<x>${N})\\s*(?<rest>[=:].*)`, "states v = 1", ({ x = "", rest = "" }, declared) => (declared.has(x) ? undefined : `state ${x} ${rest}`)),
  line(MODELS, `(?<x>(?!(?:reset|spike|refractory|threshold|on)\\b)${N})\\s*:\\s*(?<unit>[^\\s=]+)\\s*=\\s*(?<value>[^=]+)`, "x : ms = 1", ({ x = "", unit = "", value = "" }, declared, { source }) => (declared.has(x) || !("unit" in parseUnit(unit)) ? undefined : `${hasEquation(x, source.text) ? "state" : "param"} ${x} : ${unit} = ${value}`)),
  line(MODELS, `input\\s+(?:current|voltage|conductance|stimulus)\\s+(?<rest>${N}.*)`, "input current i", ({ rest = "" }) => `input ${rest}`),
  line(MODELS, `(?<word>input|state|param|weight)\\s+(?<x>${N})\\s*(?:\\(\\s*(?<round>[^()[\\]=,]+?)\\s*\\)|\\[\\s*(?<square>[mµunpk][sVAFS])\\s*\\])\\s*(?<rest>=[^=].*)?`, "x ms = 1 ms", ({ word = "", x = "", round, square = "", rest }) => ("unit" in parseUnit(round ?? square) ? `${word} ${x} : ${round ?? square}${rest === undefined ? "" : ` ${rest}`}` : undefined)),
  line("synapse", `weight\\s+(?<x>${N})\\s+(?<unit>[^\\s=:]+)`, "x ms = 1 ms", ({ x = "", unit = "" }) => ("unit" in parseUnit(unit) ? `weight ${x} : ${unit}` : undefined)),
  line("neuron", `spikes?\\s+(?:when|if)\\s+(?<a>.+?)\\s+(?:is\\s+)?(?:(?:crosses|goes|rises|gets)\\s+)?(?:above|over|exceeds|greater than|larger than)\\s+(?<b>.+)`, "v crosses θ", ({ a = "", b = "" }) => `spike when ${a} > ${b}`),
  line("neuron", `(?:spikes|fires?)\\s+(?:when|if)\\s+(?<c>[^{}]+)`, "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `(?:if|on)\\s+(?<c>[^{}]*?[<>≤≥][^{}]*?)\\s*(?:then\\s+|:\\s*)?(?:spike|fire)`, "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `spike\\s+(?<b>${N})`, "spike at", ({ b = "" }, declared) => (declared.has(b) ? ofVoltage(declared, (v) => `spike when ${v} > ${b}`) : undefined)),
  line("neuron", `reset\\s+(?<x>${N})\\s+(?:to|at)\\s+(?<value>[^{}]+)`, "reset =", ({ x = "", value = "" }) => `reset { ${x} <- ${value} }`),
  line("neuron", `reset\\s+(?:to\\s+)?(?<value>${N}|-?[\\d.]+\\s*\\p{L}+)`, "reset =", ({ value = "" }, declared) => ofVoltage(declared, (v) => `reset { ${v} <- ${value} }`)),
  line("neuron", "reset\\s*\\((?<does>[^(){}]*=[^(){}]*)\\)", "reset =", ({ does = "" }) => `reset { ${body(does)} }`),
  line("neuron", "(?:after|at|upon|following)\\s+(?:a\\s+)?spikes?\\s*:?\\s*\\{?(?<does>[^{}]*(?:=|<-)[^{}]*)\\}?", "on spike", ({ does = "" }) => `reset { ${body(does)} }`),
  line("neuron", `(?<does>${N}\\s*(?:=|<-)\\s*[^={}]+?)\\s+(?:on|after|at|upon)\\s+spikes?`, "on spike", ({ does = "" }) => `reset { ${body(does)} }`),
  line("neuron", "refractory\\s*:\\s*(?<rest>[^{}\\s:][^:]*)", "refractory for", ({ rest = "" }) => `refractory ${rest}`),
  line("neuron", "refractory\\s*\\{\\s*(?<t>[^{}\\s;]+|[\\d.]+\\s*\\p{L}+)\\s*\\}", "refractory for", ({ t = "" }) => `refractory ${t}`),
  line("neuron", `hold\\s+(?<x>${N})\\s+(?:for|during)\\s+(?<t>[^{}]+)`, "refractory hold", ({ x = "", t = "" }) => `refractory ${t} { hold ${x} }`),
  line("synapse", "(?:(?:when|at)\\s+(?<a>pre|post)(?:synaptic)?(?:\\s+(?:spikes?|arrival|event))?|on\\s+(?<b>pre|post)(?:synaptic)?\\s+(?:spikes?|arrival|event)|(?<c>pre|post))\\s*\\{(?<does>[^{}]*)\\}", "on pre g += w", ({ a, b, c = "", does = "" }) => `on ${a ?? b ?? c} { ${body(does)} }`),
  line("synapse", `(?<does>${N}\\s*(?:[-+*/]?=|<-)\\s*[^={}]+?)\\s+(?:on|at|when)\\s+(?<end>pre|post)`, "on pre g += w", ({ end = "", does = "" }) => `on ${end} { ${body(does)} }`),
  line("synapse", `${N}'\\s*=.*\\bpre\\.spikes?\\b.*`, "on pre g += w", () => null),
  line("synapse", `(?<x>${N})_post\\s*=\\s*(?<value>.+?)\\s*:\\s*[^\\s:]+\\s*\\(summed\\)`, "(summed)", ({ x = "", value = "" }) => `post.${x} += ${value.replace(/([\p{L}_][\p{L}\p{N}_]*?)_(pre|post)(?![\p{L}\p{N}_])/gu, "$2.$1")}`),
  line("network", `(?<head>connect\\b.*?[\\s}])(?:random\\s+(?:p\\s*)?[=:]?|(?:with\\s+)?(?:probability|prob|p)\\s*[=:]?)\\s*(?<p>[\\d.]+)`, "p = 0.1", ({ head = "", p = "" }) => `${head}random(p: ${p})`),
  line("network", "(?<head>connect\\b.*?)\\s*,?\\s*(?:no|without|exclude)\\s+(?:self|autapses|self[-_ ]?connections?)", "no self", ({ head = "" }) => head),
  line("network", `(?:synapses?|link|wire|join)\\s+(?<rest>${N}[^{}]*->.*)`, "connect(e, i)", ({ rest = "" }) => `connect ${rest}`),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*[\\p{L}\\p{N}_]+\\s+${N})(?:\\s+with\\s+|\\s*,\\s*)(?<sets>${N}\\s*[=~][^{}]+)`, "lif(x = 1)", ({ head = "", sets = "" }) => `${head} { ${sets} }`),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?<n>\\d+)\\s*(?:×\\s*|x\\s+)(?<m>${N}\\b.*)`, "population e = lif(800)", ({ x = "", n = "", m = "" }) => `population ${x} = ${n} ${m}`),
  line("network", `(?<n>\\d+)\\s+(?<m>${N})\\s+as\\s+(?<x>${N})`, "population e = lif(800)", ({ n = "", m = "", x = "" }) => `population ${x} = ${n} ${m}`),
  line("network", `populations\\s+(?<rest>${N}\\s*=.*)`, "population e = lif(800)", ({ rest = "" }) => `population ${rest}`),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?<m>\\p{Lu}${N})(?<sets>\\s*\\{[^{}]*\\})?`, "population e = lif(800)", ({ x = "", m = "", sets = "" }, declared) => (declared.has(m) ? undefined : `population ${x} = 1 ${m}${sets}`)),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*(?:\\d+\\s+)?poisson)\\s+(?<rate>[\\d.]+\\s*\\p{L}*Hz)`, "rates:", ({ head = "", rate = "" }) => `${head}(${rate})`),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?:(?<n>\\d+)\\s+(?!poisson\\b))?(?:(?:PoissonGroup|PoissonInput|poisson_generator|SpikeSourcePoisson)\\s*\\(\\s*(?:(?:N\\s*=\\s*)?(?<k>\\d+)\\s*,\\s*)?|poisson\\s*\\(\\s*(?<m>\\d+)\\s*,\\s*)(?:rates?|freq)?\\s*[=:]?\\s*(?<rate>[\\d.]+)\\s*\\*?\\s*(?<unit>\\p{L}*Hz)\\s*\\)`, "rates:", ({ x = "", n, k, m, rate = "", unit = "" }) => `population ${x} = ${n ?? k ?? m ?? "1"} poisson(${rate} ${unit})`),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*(?:\\d+\\s+)?spikes\\s*)\\(\\s*(?<times>[\\d.]+\\s*m?s(?:\\s*,\\s*[\\d.]+\\s*m?s)+)\\s*\\)`, "spikes(10 ms, 20 ms)", ({ head = "", times = "" }) => `${head}([${times}])`),
  line("experiment", "(?:for|until|t_?stop|t_?end|total|(?:simulate|run)\\s+(?:for|until))\\s*=?\\s*(?<t>[\\d.]+\\s*\\p{L}+)", "for 50 ms", ({ t = "" }) => `duration ${t}`),
  line("experiment", "(?:tspan|t_span)\\s*=\\s*[[(]\\s*0(?:\\.0*)?\\s*(?:m?s)?\\s*(?:,|:|\\.\\.|\\s)\\s*(?<t>[\\d.]+)\\s*(?<unit>\\p{L}*)\\s*[\\])]\\s*(?<behind>\\p{L}*)", "for 50 ms", ({ t = "", unit = "", behind = "" }) => `duration ${`${t} ${unit}${behind}`.trim()}`),
  line("experiment", "step\\s*[-_]?\\s*size\\s*[=:]?\\s*(?<t>[\\d.]+\\s*\\p{L}+)", "defaultclock.dt", ({ t = "" }) => `step ${t}`),
  line("experiment", "(?:np\\.random\\.|random\\.|rng\\.|nest\\.|brian2\\.)seed\\s*\\(\\s*(?<n>\\d+)\\s*\\)", "quoted word", ({ n = "" }) => `seed ${n}`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?:step|square|rect|box)\\s*\\(\\s*(?<value>[^,()]+)\\s*,\\s*(?<a>[^,()]+)\\s*,\\s*(?<b>[^,()]+?)\\s*\\)`, "start:", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*pulse\\s*\\(\\s*(?<a>[\\d.]+\\s*m?s)\\s*,\\s*(?<b>[\\d.]+\\s*m?s)\\s*,\\s*(?<value>[^,()]+?)\\s*\\)`, "start:", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?:\\[\\s*(?<list>\\([^\\[\\]]*\\))\\s*\\]|\\{\\s*(?<map>[\\d.][^{}]*:[^{}]*?)\\s*\\})`, "[(t, x)]", ({ x = "", list, map = "" }) => `${x} = steps(${list === undefined ? map : list.replace(/\(\s*([^(),]+?)\s*,\s*([^(),]+?)\s*\)/gu, "$1: $2")})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*steps\\s*\\(\\s*\\[(?<times>[^\\[\\]]*)\\]\\s*(?<t>\\p{L}*)\\s*,\\s*\\[(?<values>[^\\[\\]]*)\\]\\s*(?<unit>\\p{L}*)\\s*\\)`, "[(t, x)]", ({ x = "", times = "", t = "", values = "", unit = "" }) => zipped(x, times.split(","), t, values.split(","), unit)),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}(]+?)\\s+(?:at|after|starting at|since)\\s+(?<a>\\d[^=;{}]*)`, "x for a < t < b", ({ x = "", value = "", a = "" }) => `${x} = pulse(${value}, from: ${a})`),
  line("experiment", `(?<x>(?!(?:duration|step|seed|method|record|spikes)\\b)${N})\\s*:\\s*(?<value>[-+]?\\d[^:]*)`, "e.x: 3", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment settings", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*["'](?<value>-?[\\d.]+\\s*\\p{L}[^"']*)["']`, "x = 'e'", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment", "record\\s+(?<what>.+?)\\s+every\\s+(?:time\\s*)?step", "record(v)", ({ what = "" }) => `record ${what}`),
  line("experiment", "record\\s+(?<what>.+?)\\s*(?:\\beach|@|\\bat every|\\binterval|\\bper)\\s*[=:]?\\s*(?<dt>[\\d.]+\\s*\\p{L}+)", "record(v)", ({ what = "", dt = "" }) => `record ${what} every ${dt}`),
  line("experiment", `record\\s+all\\s+(?<what>${N}.*)`, "record(v)", ({ what = "" }) => `record ${what}`),
  line("experiment", `(?:save|output|write|log|store|trace|print)\\s+(?<what>${N}(?:[.,[\\s].*)?)`, "save v", ({ what = "" }) => `record ${what}`),
  line("experiment", `record\\s+(?<e>${N})\\s*(?:\\[\\s*(?<k>[\\d.]+)\\s*\\]\\s+|\\(\\s*(?<j>[\\d.]+)\\s*\\)\\s*\\.\\s*)(?<x>${N})`, "record v of e", ({ e = "", k, j = "", x = "" }) => `record ${e}[${k ?? j}].${x}`),
  line("experiment", "record\\s+(?<what>.+?)\\s+(?:to|in|into)\\s+[\"'][^\"']*[\"']", "record v to file", ({ what = "" }) => `record ${what}`),
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
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=]+?)\\s+(?:for|during|between|when)\\s+(?:(?<a>[^<>]+?)\\s*<=?\\s*t\\s*<=?\\s*(?<b>[^<>]+)|t\\s*>=?\\s*(?<c>[^<>]+))`, "x for a < t < b", ({ x = "", value = "", a, b, c = "" }, _declared, { inputs }) => !inputs.has(x.replace(/^.*\./u, "")) ? undefined : `${x} = pulse(${value}, ${a === undefined || b === undefined ? `from: ${c}` : `from: ${a}, to: ${b}`})`),
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
  line("experiment", `state\\s+(?<x>${N}(?:\\.${N})?)\\s*(?<sign>=|~)\\s*(?<value>.+)`, "init v = -65 mv", ({ x = "", sign = "", value = "" }) => `${x} ${sign} ${value}`),
  line("experiment settings", `(?:set|stimulus|stim|inject|with|input)\\s+(?<x>${N}(?:\\.${N})?)\\s*(?<sign>=|~)\\s*(?<value>.+)`, "set x = 1", ({ x = "", sign = "", value = "" }) => `${x} ${sign} ${value}`),
  line("network", `(?<head>connect\\b[^{}()]*\\bby\\s+${N}(?:\\s+as\\s+${N})?)\\s+(?<rule>(?!as\\b)${N}(?:\\([^(){}]*\\))?)\\s*(?<sets>\\{[^{}]*\\})`, "rule {}", ({ head = "", rule = "", sets = "" }) => `${head} ${sets} ${rule}`),
  line("experiment", `(?<x>${N})_init\\s*=\\s*(?<value>[^=]+)`, "init v = -65 mv", ({ x = "", value = "" }, declared) => (declared.has(`${x}_init`) || !declared.has(x) ? undefined : `${x} = ${value}`)),
  line("experiment", `[vV]_init\\s*=\\s*(?<value>[^=]+)`, "init v = -65 mv", ({ value = "" }, declared) => {
    const x = ["V", "v"].find((name) => declared.has(name));
    return x === undefined || declared.has("v_init") || declared.has("V_init") ? undefined : `${x} = ${value}`;
  }),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}]+?)\\s+(?:from|between)\\s+(?<a>\\d[^=;{}]*?)\\s+(?:to|until|and)\\s+(?<b>\\d[^=;{}]*)`, "x for a < t < b", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}\\.${N})\\s*:\\s*(?<value>[-+]?\\d.*)`, "e.x: 3", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment", "seed\\s+(?:=\\s*)?(?:random|none|null|None|auto|time)", "seed random", () => ""),
  line("experiment", `model\\s+${N}`, "model in experiment", () => null),
  line("neuron", `reset\\s*\\{(?<does>[^{}]*)\\}\\s*when\\s+(?<c>[^{}]+)`, "reset when", ({ does = "", c = "" }, _declared, scene, i) => (has(scene.tokens, i, Spike) ? `reset {${does}}` : `spike when ${c}\nreset {${does}}`)),
  line("neuron", "spike\\s+when\\s+(?<c>[^{}]*?[<>≤≥][^{}]*?)\\s+(?:rising|upwards?|falling|downwards?)", "v crosses θ", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `(?<head>refractory\\s+[^{}]+?)\\s*\\{\\s*hold\\s+(?<x>${N})(?:\\s*(?:=|<-)|\\s+at\\b)\\s*[^{};\\s][^{};]*\\}`, "hold v = e", ({ head = "", x = "" }) => `${head} { hold ${x} }`),
  line(MODELS, `(?<f>${N})\\s*\\(\\s*(?<v>${N})\\s*\\)\\s*=\\s*(?<value>[^={}]+)`, "f(v) = …", ({ f = "", v = "", value = "" }, declared) => (declared.has(f) || v === "t" || /^(d|D|der|diff|ddt)$/u.test(f) ? undefined : declared.has(v) ? `let ${f} = ${value}` : null)),
  line("network", `(?<head>connect\\s[^{}]*?\\[\\s*\\d+)\\s*:\\s*(?<b>\\d+)(?<rest>\\s*\\].*)`, "e[0:5]", ({ head = "", b = "", rest = "" }) => (Number(b) < 1 ? undefined : `${head}..${Number(b) - 1}${rest}`)),
  line("network", `(?<head>.*\\bpoisson)\\s*\\(\\s*(?:rate\\s*[:=]\\s*)?(?<rate>[\\d.]+\\s*[kM]?Hz)\\s*,\\s*(?<parts>(?:start|from|stop|to|end|until)\\s*[:=].*)\\)`, "poisson(start:)", ({ head = "", rate = "", parts = "" }) => `${head}(pulse(${rate}, ${parts.replace(/\bstart\s*[:=]\s*|\bfrom\s*[:=]\s*/gu, "from: ").replace(/\b(?:stop|to|end|until)\s*[:=]\s*/gu, "to: ")}))`),
  line("network", `(?<head>.*\\bspikes\\s*\\(\\s*)\\[\\s*(?<times>[\\d.]+(?:\\s+[\\d.]+)+)\\s*\\](?<rest>.*)`, "[10 20]", ({ head = "", times = "", rest = "" }) => `${head}[${times.trim().split(/\s+/u).join(", ")}]${rest}`),
  line("", "import\\s+(?:\\*\\s*(?:as\\s+\\S+\\s+)?from\\s*)?[\"'][^\"']*[\"']", "import *", () => null),
  line("network", `(?!connect\\b.*=>)(?:connect\\s+)?(?<a>${N}(?:\\[[^\\[\\]]*\\])?)\\s*(?:-{2,}>|=>)\\s*(?<rest>${N}.*)`, "connect(e, i)", ({ a = "", rest = "" }) => `connect ${a} -> ${rest}`),
  line("network", `connect\\s*\\(\\s*(?<a>${N})\\s*,\\s*(?<b>${N})\\s*,\\s*(?<s>${N})\\s*,\\s*(?<sets>[^()]*=[^()]*?)\\s*\\)\\s*(?<rule>\\S.*)`, "connect(e, i)", ({ a = "", b = "", s = "", sets = "", rule = "" }) => `connect ${a} -> ${b} by ${s} { ${sets} } ${rule}`),
  line("network", `(?<head>connect\\s+(?<e>${N})\\[\\s*(?<a>\\d+)\\s*)(?::|\\.\\.)(?<rest>\\s*\\].*)`, "e[0:5]", ({ head = "", e = "", rest = "" }, _declared, { source }) => {
    const size = new RegExp(`\\bpopulation\\s+${e}\\s*=\\s*(\\d+)\\s`, "u").exec(source.text)?.[1];
    return size === undefined ? null : `${head.trimEnd()}..${Number(size) - 1}${rest}`;
  }),
  line("network", `population\\s+(?<x>${N})\\s*\\(\\s*(?<n>\\d+)\\s*\\)\\s*=\\s*(?<m>${N}.*)`, "population e = lif(800)", ({ x = "", n = "", m = "" }) => `population ${x} = ${n} ${m}`),
  line(MODELS, `(?<tau>${N})\\s+(?<x>${N})'\\s*=\\s*(?<f>.+)`, "c*dv/dt", ({ tau = "", x = "", f = "" }, declared) => (declared.has(tau) ? `${x}' = (${f})/${tau}` : undefined)),
  line(MODELS, `d(?<x>${N})\\s*=\\s*(?:dt\\s*\\*\\s*(?<f>.+)|(?<g>.+?)\\s*\\*\\s*dt)`, "v += dt*f", ({ x = "", f, g = "" }, declared) => (declared.has(x) && !declared.has(`d${x}`) && isFactor(f ?? g) ? `${x}' = ${f ?? g}` : undefined)),
  line(MODELS, `input\\s+(?<x>${N})\\s+in\\s+(?<unit>\\S+)`, "x ms = 1 ms", ({ x = "", unit = "" }) => ("unit" in parseUnit(unit) ? `input ${x} : ${unit}` : undefined)),
  line("experiment", `record\\s+(?<x>${N}(?:\\.${N})?)\\s+(?:as|in)\\s+(?<unit>\\S+)`, "record(v)", ({ x = "", unit = "" }) => ("unit" in parseUnit(unit) ? `record ${x}` : undefined)),
  line("experiment", "(?:t|time)\\s*=\\s*\\[?\\s*0(?:\\.0*)?\\s*(?:m?s)?\\s*\\.\\.\\s*(?<t>[\\d.]+\\s*m?s)\\s*\\]?", "for 50 ms", ({ t = "" }) => `duration ${t}`),
  line("experiment", "(?:t|time)\\s*=\\s*(?:np\\.)?(?:linspace|arange)\\s*\\(.*", "for 50 ms", (_groups, declared) => (declared.has("t") ? undefined : null)),
  line("experiment", "time\\s*=?\\s*(?<t>[\\d.]+\\s*m?s)", "for 50 ms", ({ t = "" }, declared) => (declared.has("time") ? undefined : `duration ${t}`)),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*pulse\\s*\\(\\s*(?<value>[^,()]+?)\\s*,\\s*(?<a>[\\d.]+\\s*m?s)\\s*\\.\\.\\s*(?<b>[\\d.]+\\s*m?s)\\s*\\)`, "start:", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}(]+?)\\s+(?:on|in|over)\\s+[[(]\\s*(?<a>[\\d.]+\\s*m?s)\\s*,\\s*(?<b>[\\d.]+\\s*m?s)\\s*[\\])]`, "x for a < t < b", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line(MODELS, `(?<head>(?:param|state)\\s+[^=,]+=\\s*-?[\\d.]+(?:e-?\\d+)?\\s*[^\\s\\d=,()\\[\\]]*)\\s*(?:in|from|within|range|bounds|∈)?\\s*(?:\\[[^\\[\\]=]*(?:,|\\.\\.)[^\\[\\]=]*\\]|\\(\\s*(?:range|bounds?|min|from|between|-?[\\d.]+\\s*(?:\\.\\.|to))[^()=]*\\))`, "x in [a, b]", ({ head = "" }) => head),
  line(`${MODELS} network`, `(?<word>param|const|state)\\s+\\(?\\s*(?<names>${N}(?:\\s*,\\s*${N})+)\\s*\\)?\\s*=\\s*\\(?(?<values>[^=(),]+(?:,[^=(),]+)+?)\\)?`, "a, b = 1, 2", ({ word = "", names = "", values = "" }) => {
    const [all, given] = [names.split(","), values.split(",")];
    return all.length === given.length ? `${word} ${all.map((x, k) => `${x.trim()} = ${given[k]?.trim() ?? ""}`).join(", ")}` : undefined;
  }),
  line(MODELS, `(?<word>param|state|input|weight|const)\\s+(?<x>${N})\\s*:\\s*(?<unit>[^=,]*\\*\\*[^=,]*?)\\s*(?<rest>=.*)?`, "m**2", ({ word = "", x = "", unit = "", rest = "" }) => {
    const plain = unit.replaceAll("**", "^").replace(/\p{L}+/gu, (name) => (isUnitSymbol(name) ? name : (suggestUnits(name)[0] ?? name)));
    return "unit" in parseUnit(plain) ? `${word} ${x} : ${plain} ${rest}`.trimEnd() : undefined;
  }),
  line(MODELS, `(?<x>${N})'\\s*:\\s*[^=\\s]+\\s*=\\s*(?<f>.+)`, "v' : mv/ms =", ({ x = "", f = "" }) => `${x}' = ${f}`),
  line("neuron", "spike\\s*:\\s*(?:when\\s+)?(?<c>[^{}]+)", "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", "spike\\s+when\\s+(?<c>[^{}]+?)\\s+(?:after|with\\s+refractory|refractory)\\s+(?<t>[^{}]+)", "spike after", ({ c = "", t = "" }, _declared, { tokens }, i) => `spike when ${c}${has(tokens, i, Refractory) ? "" : `\nrefractory ${t}`}`),
  line("neuron", "refractory\\s+(?:until|while|unless|if|when)\\s+[^{}]+(?:\\{[^{}]*\\})?", "refractory c", () => null),
  line(MODELS, `(?:at|on)\\s+(?:t\\s*=\\s*)?(?<t>[\\d.]+\\s*m?s|${N})\\s*\\{(?<does>[^{}]*)\\}`, "at 50 ms {}", ({ t = "", does = "" }, declared) => (/^\d/u.test(t) || declared.has(t) ? `on t >= ${t} - dt/2 { ${body(does)} }` : undefined)),
  line(MODELS, `(?:every|each)\\s+(?<t>[\\d.]+\\s*m?s|${N})\\s*\\{(?<does>[^{}]*)\\}`, "every 10 ms {}", ({ t = "", does = "" }, declared) => (declared.has("t_next") ? null : `state t_next = ${t}\non t >= t_next - dt/2 { ${body(does)}; t_next <- t_next + ${t} }`)),
  line(MODELS, `use\\s+(?<m>${N})\\s*\\((?<sets>[^(){}]*=[^(){}]*)\\)`, "lif(x = 1)", ({ m = "", sets = "" }) => `use ${m} { ${sets.trim()} }`),
  line("", `d?(?<x>${N})(?:/dt|'|\\s*/\\s*dt)\\s*=.*`, "v' = outside", (_groups, _declared, { tokens }, i) => (tokens.slice(0, i).some((t) => tokenMatcher(t, BlockKeyword)) ? undefined : null)),
  line("experiment", "record\\s+(?:\\*|all|everything)", "record *", (_groups, _declared, scene, i) => {
    const states = statesOfSubject(scene, i);
    return states === null ? null : `record ${states.join(", ")}`;
  }),
  line("experiment", "seeds?\\s*=?\\s*[[(]?\\s*(?<n>\\d+)\\s*(?:,|\\.\\.|to|:).*", "seed 1, 2", ({ n = "" }) => `seed ${n}`),
  line("experiment", `(?<e>${N})\\.(?<x>${N})\\s*=\\s*(?<value>[^=;{}]+?)\\s+(?:for|if|where|when)\\s+(?<c>[^;{}]*\\bi\\b[^;{}]*)`, "p[0].i =", ({ e = "", x = "", value = "", c = "" }, _declared, scene, at) => {
    const others = valueOfOthers(scene, at, e, x);
    return others === null || others.statement !== null || /\belse\b/u.test(c) ? null : `${e}.${x} = if ${c} then ${value} else ${others.value}`;
  }),
  line("network", "(?<head>connect\\b[^{}]*(?:\\{[^{}]*\\})?)\\s*(?<rule>all|one)[\\s-]+to[\\s-]+(?:all|one)(?<rest>\\s.*)?", "pairwise_bernoulli", ({ head = "", rule = "", rest = "" }) => `${head} ${rule === "one" ? "one_to_one" : "all"}${rest}`),
  line("network", `connect\\s+(?<sources>\\*|all|any|${N}(?:\\s*(?:[+&,]|\\band\\b)\\s*${N})*)\\s*->\\s*(?<targets>\\*|all|any|${N}(?:\\s*(?:[+&,]|\\band\\b)\\s*${N})*)(?<rest>\\s+by\\b.*)`, "e & i", ({ sources = "", targets = "", rest = "" }, _declared, { tokens }, i) => {
    const ends = [sources, targets].map((end) => (/^(?:\*|all|any)$/u.test(end) ? populationsBefore(tokens, i) : end.split(/\s*(?:[+&,]|\band\b)\s*/u)).join(", "));
    return ends.every((end, k) => end === [sources, targets][k]?.replace(/\s*,\s*/gu, ", ")) || ends.includes("") ? undefined : `connect ${ends.join(" -> ")}${rest}`;
  }),
  line("network", `(?<head>connect\\s+[^{}]*->[^{}]*?\\bby)\\s+(?<value>[\\d.]+\\s*\\p{L}+)(?<rest>\\s.*)?`, "by 1 ns", ({ head = "", value = "", rest = "" }, _declared, { tokens }) => {
    const [one, ...more] = weightsOf(tokens);
    return one === undefined || more.length > 0 ? null : `${head} ${one.synapse} { ${one.weight} = ${value} }${rest}`;
  }),
  line("network", `(?<x>${N})\\s*=\\s*(?<value>-?[\\d.]+(?:\\s*[\\p{L}/]+(?:\\^-?\\d)?)?)`, "x = 1 in network", ({ x = "", value = "" }, declared, { tokens }) => (declared.has(x) || tokens.filter((t) => t.image === x).length < 2 || !(/^-?[\d.]+$/u.test(value) || "unit" in parseUnit(value.replace(/^-?[\d.]+\s*/u, ""))) ? undefined : `param ${x} = ${value}`)),
  line("settings", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}]*\\b(?:randn?|random|normal_random)\\s*\\(\\s*\\)[^=;{}]*)`, "x = rand()", ({ x = "", value = "" }) => {
    const drawn = drawnMeant(value);
    return drawn === null ? null : `${x} ~ ${drawn}`;
  }),
  line("synapse", `weight\\s*:\\s*(?<rest>.+)`, "weight : ns", ({ rest = "" }) => `weight w : ${rest}`),
  line("settings", `(?<x>${N})\\s*=\\s*\\[(?<list>[^\\[\\]=]*,[^\\[\\]=]*)\\]\\s*\\*?\\s*(?<unit>\\p{L}\\S*)?`, "c = [90, 100] pf", ({ x = "", list = "", unit = "" }, _declared, { tokens }, i) => {
    const all = list.split(",").map((v) => (/^-?[\d.]+$/u.test(v.trim()) ? `${v.trim()} ${unit}`.trim() : v.trim()));
    if (!isOfPopulation(tokens, i)) return undefined;
    return all.length > 12 ? null : `${x} = ${all.map((v, n) => (n < all.length - 1 ? `if i == ${n} then ${v} else ` : v)).join("")}`;
  }),
  line("experiment", `(?<m>${N})\\s*\\{(?<sets>[^{}]*[=~][^{}]*)\\}`, "lif { c = 1 } inside", ({ m = "", sets = "" }, _declared, { tokens }, i) => {
    const all = sets.split(/[;,\n](?![^()]*\))/u).map((set) => set.trim()).filter((set) => set !== "");
    return all.map((set) => (subjectOf(tokens, i) === m ? set : `${m}.${set}`)).join("\n");
  }),
  line(`${MODELS} network`, `(?<head>(?:param|const)\\s+(?:T|temp\\w*|celsius|T_\\w+)\\s*=\\s*-?[\\d.]+)\\s*°?C`, "36 c", ({ head = "" }) => `${head} degC`),
  line("experiment", `(?<x>${N})\\s*=\\s*[^=;{}]+\\s+(?:for|during|between|when|after|until|from)\\s+[^;{}]+`, "v clamped", ({ x = "" }, declared, { inputs }) => (declared.has(x) && !inputs.has(x) ? null : undefined)),
  line("", "(?:done|end)", "done", () => ""),
]; // prettier-ignore

/** What the experiment around is done with; empty where its head does not say so. */
function subjectOf(tokens: readonly Token[], i: number): string {
  let head = i;
  while (head >= 0 && tokens[head]?.tokenType !== Experiment) head--;
  return tokens[head + 2]?.image === "of" ? (tokens[head + 3]?.image ?? "") : "";
}

/** Whether the braces around are those of a population. */
function isOfPopulation(tokens: readonly Token[], i: number): boolean {
  let k = i;
  while (k >= 0 && tokens[k]?.tokenType !== LBrace) k--;
  while (k >= 0 && !startsStatement(tokens, k)) k--;
  return tokens[k]?.tokenType === Population;
}

/** The states of the neuron that an experiment is done with, where the file has it. */
function statesOfSubject({ tokens }: Scene, i: number): readonly string[] | null {
  const subject = subjectOf(tokens, i);
  const model = tokens.findIndex(
    (t, k) => t.tokenType === Neuron && tokens[k + 1]?.image === subject && tokens[k + 2]?.tokenType === LBrace,
  );
  if (model < 0) return null;
  const states = new Set<string>();
  let isState = false;
  for (let k = model + 3; k < closing(tokens, model + 2); k++) {
    if (startsStatement(tokens, k)) isState = tokens[k]?.tokenType === State;
    if (
      isState &&
      (tokens[k]?.tokenType === State || tokens[k]?.tokenType === Comma) &&
      tokens[k + 1]?.tokenType === Identifier
    )
      states.add(tokens[k + 1]?.image ?? "");
  }
  return states.size === 0 ? null : [...states];
}

/** Populations that the network around declares before `i`. */
function populationsBefore(tokens: readonly Token[], i: number): string[] {
  const found: string[] = [];
  for (let k = i - 1; k >= 0 && tokens[k]?.tokenType !== Network; k--)
    if (tokens[k]?.tokenType === Population) found.unshift(tokens[k + 1]?.image ?? "");
  return found;
}

/** The weights that the file's synapses declare. */
function weightsOf(tokens: readonly Token[]): { readonly synapse: string; readonly weight: string }[] {
  let synapse = "";
  return tokens.flatMap((t, k) => {
    if (t.image === "synapse") synapse = tokens[k + 1]?.image ?? "";
    return t.image === "weight" && startsStatement(tokens, k) ? [{ synapse, weight: tokens[k + 1]?.image ?? "" }] : [];
  });
}

/** `a + b*rand()` as `uniform(a, a + b)`, `a + b*randn()` as `normal(a, b)`; null where it is neither. */
function drawnMeant(value: string): string | null {
  const number = "-?[\\d.]+(?:e-?\\d+)?\\s*\\p{L}*";
  const draw = "(?<f>rand|randn|random)\\s*\\(\\s*\\)";
  const form = new RegExp(
    `^(?:(?<a>${number})\\s*\\+\\s*)?(?:(?<b>${number})\\s*\\*\\s*${draw}|${draw.replace("<f>", "<g>")}\\s*\\*\\s*(?<c>${number}))$`,
    "u",
  );
  const { a, b, c, f, g } = form.exec(value.trim())?.groups ?? {};
  const width = b ?? c;
  if (width === undefined) return null;
  const [from, more] = [a ?? "0", width].map((text) => /^(-?[\d.]+(?:e-?\d+)?)\s*(.*)$/iu.exec(text));
  const [start, rise, unit] = [Number(from?.[1]), Number(more?.[1]), more?.[2] ?? ""];
  if (a !== undefined && from?.[2] !== unit) return null;
  const low = a ?? `0 ${unit}`.trim();
  if ((f ?? g) === "randn") return `normal(${low}, ${width})`;
  return `uniform(${low}, ${`${Number((start + rise).toPrecision(12))} ${unit}`.trim()})`;
}

/** `lif` as `lif.glif`; what is a path stays one. */
const ofFile = (path: string): string => (/[./]/u.test(path) ? path : `${path}.glif`);

/** `V_post - V_pre` as `post.V - pre.V` */
function ofEnds(text: string, declared: ReadonlySet<string>): string {
  return text.replace(
    /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*?)_(pre|post)(?![\p{L}\p{N}_])/gu,
    (whole, name: string, end: string) => (declared.has(whole) ? whole : `${end}.${name}`),
  );
}

/** One factor, and no sum: what `dt` multiplies as a whole. */
function isFactor(text: string): boolean {
  return !/[-+]/u.test(
    text.replace(/\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)/gu, "").replace(/^\s*-/u, ""),
  );
}

/** Whether `x' =` stands in the file. */
function hasEquation(x: string, text: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${x}'|d${x}/dt)\\s*=`, "u").test(text);
}

/** With the name of the voltage, where the model has one that is called as everybody calls it. */
function ofVoltage(declared: ReadonlySet<string>, written_: (v: string) => string): string | null {
  const v = ["V", "v", "V_m", "Vm"].find((name) => declared.has(name));
  return v === undefined ? null : written_(v);
}

/** `steps([0, 10] ms, [0, 300] pA)`; null where there are not as many times as values. */
function zipped(
  x: string,
  times: readonly string[],
  t: string,
  values: readonly string[],
  unit: string,
): string | null {
  const pairs = times.map(
    (time, k) => `${time.trim()} ${t}`.trim() + `: ${`${values[k]?.trim() ?? ""} ${unit}`.trim()}`,
  );
  return times.length === values.length ? `${x} = steps(${pairs.join(", ")})` : null;
}

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
      const instead = match === null ? undefined : mended(match.groups ?? {}, scene.declared, scene, i);
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

/** Whether a statement of the model around begins with such a word. */
const has = (tokens: readonly Token[], i: number, type: TokenType): boolean =>
  inModel(tokens, i, (t, k) => t.tokenType === type && startsStatement(tokens, k)) !== null;

/** Lines by the kind of block that they stand in. */
const BY_BLOCK = new Map<string, readonly Known[]>();

interface Known extends Omit<Line, "pattern"> {
  readonly pattern: RegExp;
}

function linesOf(home: string): readonly Known[] {
  const old = BY_BLOCK.get(home);
  if (old !== undefined) return old;
  const found = LINES.filter((l) => l.blocks === home || (home !== "" && l.blocks.split(" ").includes(home))).map(
    (l) => ({ ...l, pattern: new RegExp(`^${l.pattern}$`, "su") }),
  );
  BY_BLOCK.set(home, found);
  return found;
}

/** In a reset or an event: `emit_spike()`, and `if c then x <- a`. */
function inEvent(scene: Scene, i: number): Finding | null {
  const { tokens, declared, inputs } = scene;
  const end = lineEnd(scene, i);
  const text = written(scene, i, end).trim();
  if (/^emit_spike\s*\(\s*\)$/u.test(text)) return removed(scene, i, end, "emit_spike()");
  const [, target = "", side] = /^([\p{L}_][\p{L}\p{N}_]*?)(?:_(pre|post))?\s*[-+*/]=/u.exec(text) ?? [];
  if (scene.block === "synapse" && side !== undefined && !declared.has(`${target}_${side}`) && !isOwn(scene, i, target))
    return rewritten(scene, i, end, "on pre v_post += w", ofEnds(assigned(text), declared));
  const given = /^post\.([\p{L}_][\p{L}\p{N}_]*)\s*\+=/u.exec(text)?.[1];
  if (
    isInEvent(scene, i) &&
    (inputs.has(given ?? "") || (scene.block === "neuron" && side === undefined && inputs.has(target)))
  )
    return { diagnostic: told(scene, i, end, "reset i += a", []), instead: [], next: end };
  const [, c, x, value] =
    tokens[i]?.tokenType === If
      ? (/^if\s+(.+?)\s*(?:then\s+|:\s*)([\p{L}_][\p{L}\p{N}_.]*)\s*(?:<-|=)\s*([^={}]+)$/su.exec(
          text.replace(/\s*\{\s*([^{};]*?)\s*\}$/u, " then $1"),
        ) ?? [])
      : [];
  return c === undefined || x === undefined || value === undefined || /\belse\b/u.test(value)
    ? null
    : rewritten(scene, i, end, "if c then x <- a", `${x} <- if ${c} then ${value} else ${x}`);
}

/** Whether it stands in the braces of an event, on their line or further in: not behind one that lacks its `}`. */
function isInEvent({ tokens }: Scene, i: number): boolean {
  let [brace, depth] = [i - 1, 0];
  for (; brace >= 0; brace--) {
    if (tokens[brace]?.tokenType === RBrace) depth++;
    if (tokens[brace]?.tokenType === LBrace && --depth < 0) break;
  }
  let start = brace;
  while (start > 0 && !startsStatement(tokens, start)) start--;
  const [own, head] = [tokens[i], tokens[start]];
  return (
    own !== undefined &&
    head !== undefined &&
    /^(?:on|reset)$/u.test(head.image) &&
    (onLine(own, tokens[brace]) || own.startColumn > head.startColumn)
  );
}

/** Whether the synapse around declares a state of this name before `i`. */
function isOwn({ tokens }: Scene, i: number, name: string): boolean {
  let isState = false;
  for (let k = i - 1; k >= 0 && tokens[k]?.image !== "synapse"; k--)
    isState ||= tokens[k]?.image === name && /^(?:state|,)$/u.test(tokens[k - 1]?.image ?? "");
  return isState;
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
    if ([LBrace, LParen, LSquare, LSquare].some((type) => token.tokenType === type)) depth++;
    if ([RBrace, RParen, RSquare].some((type) => token.tokenType === type) && --depth < 0) return k;
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
