// Lines of neurons, mechanisms and synapses as other tools write them.
import type { TokenType } from "chevrotain";
import { Refractory, Reset, Spike } from "../../../grammar/tokens.ts";
import { isUnitSymbol, parseUnit } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import type { Token } from "../lexical.ts";
import { line, N } from "./line.ts";
import type { Line } from "./line.ts";
import { inModel, onLine, startsStatement } from "./scene.ts";
import type { Scene } from "./scene.ts";
import { assigned } from "./statements.ts";

const MODELS = "neuron mechanism synapse";

export const MODEL_LINES: readonly Line[] = [
  line(MODELS, `(?<f>(?:${N}'|d${N}/dt)\\s*=\\s*[^:]+?)\\s*\\(\\s*unless\\s+refractory\\s*\\)`, "flags", ({ f = "" }) => f.replace(/^d(.+?)\/dt/u, "$1'")),
  line("synapse", `(?<x>${N})_post\\s*=\\s*(?<value>[^=:]+)`, "(summed)", ({ x = "", value = "" }, declared, { inputs }) => {
    const target = declared.has(x) ? x : inputs.size === 1 ? [...inputs][0] : undefined;
    return declared.has(`${x}_post`) ? undefined : target === undefined ? null : `post.${target} += ${ofEnds(value, declared)}`;
  }),
  line("synapse", "on\\s+(?<end>pre|post)\\s*\\.\\s*spikes?\\s*(?<rest>\\{.*)", "on pre.spike", ({ end = "", rest = "" }) => `on ${end} ${rest}`),
  line(MODELS, "(?<head>(?:param|state)\\s+[^=,]+?(?:=[^=,]+?)?)\\s+in\\s*[\\[(][^\\[\\]()=]*[\\])](?<rest>\\s*=[^=]+)?", "x in [a, b]", ({ head = "", rest = "" }) => `${head}${rest}`),
  line(MODELS, `(?<word>param|const|state)\\s+(?<a>${N})\\s*=\\s*(?<b>${N})\\s*=\\s*(?<value>[^=,]+)`, "a = b = 1", ({ word = "", a = "", b = "", value = "" }, _declared, { tokens }) => (tokens.filter((t) => t.image === b).length > 1 ? null : `${word} ${a} = ${value}, ${b} = ${value}`)),
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
  line("neuron", "(?<all>(?:threshold|reset|refractory|method)\\s*=.+,\\s*(?:threshold|reset|refractory|method)\\s*=.+)", "threshold =", ({ all = "" }, declared) => brianArguments(all, declared)),
  line(MODELS, `(?<word>param|const|state|let)\\s+(?<x>${N})\\s*:?\\s*(?:float|double|real|int|integer|number|scalar|Float64)\\s*=\\s*(?<value>[^=]+)`, "float x = 1", ({ word = "", x = "", value = "" }) => `${word} ${x} = ${value}`),
  line("neuron", "spike\\s+with\\s+(?:probability|prob|p)\\b.*", "spike with probability", () => null),
  line("neuron", `refractory\\s*\\{\\s*(?<t>[^{};,]+?)\\s*[;,]?\\s*hold\\s+(?<x>${N})\\s*\\}`, "refractory hold", ({ t = "", x = "" }) => `refractory ${t} { hold ${x} }`),
  line("neuron", `(?:t_?ref|refractory|refractoriness|refractory_period|τ_?ref|tau_?ref)\\s*=\\s*(?<t>[^{}=]+?)\\s*\\{\\s*hold\\s+(?<x>${N})\\s*\\}`, "refractory hold", ({ t = "", x = "" }) => `refractory ${t} { hold ${x} }`),
  line(MODELS, `(?:float|double|real|int|integer|number|scalar|var|variable|auto|define|declare|dynamic|mutable)\\s+(?<x>${N})\\s*(?::\\s*(?<unit>[^\\s=]+)\\s*)?=\\s*(?<value>[^=]+)`, "float x = 1", ({ x = "", unit, value = "" }, declared, { source }) => {
    if (declared.has(x)) return undefined;
    const word = changes(x, source.text) ? "state" : /^-?[\d.]+(?:e-?\d+)?\s*[^\s\d+*()-]*$/iu.test(value) ? "param" : "let";
    return `${word} ${x} ${unit === undefined ? "" : `: ${unit} `}= ${value}`;
  }),
  line(MODELS, `(?:d(?<x>${N})/dt|(?<y>${N})')\\s*(?:->|→|:)\\s*(?<f>[^=:]*[-+*/][^=:]*)`, "d(v)/dt", ({ x, y = "", f = "" }) => ("unit" in parseUnit(f.trim()) ? undefined : `${x ?? y}' = ${f}`)),
  line(MODELS, `!(?<x>${N})\\s*=\\s*(?<value>[^=]+)`, "!x = 1", ({ x = "", value = "" }) => `let ${x} = ${value}`),
  line("neuron", `spike\\s+(?:(?:at|on|over|above)\\s+|(?:when|if)\\s+(?=threshold|\\S*(?:th|θ|Θ|peak|cut)))(?:the\\s+)?(?:threshold\\s*[=:(]?\\s*)?(?<b>${N}|-?[\\d.]+\\s*\\p{L}+)\\)?`, "spike at", ({ b = "" }, declared) => (/^-?[\d.]/u.test(b) || declared.has(b) ? ofVoltage(declared, (v) => `spike when ${v} > ${b}`) : undefined)),
  line(MODELS, "(?:done|end)", "done", () => ""),
  line("neuron", "spikes?\\s*\\(\\s*\\)\\s*(?:when|if)\\s+(?<c>[^{}]+)", "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", "spike\\s+when\\s+(?<c>[^{}]*[<>≤≥][^{}]*?)\\s+then", "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `reset\\s+(?<does>${N}\\s*(?:→|->)[^{}]*)`, "reset =", ({ does = "" }) => `reset { ${body(does.replace(/→|->/gu, "="))} }`),
  line(MODELS, `(?<all>state\\s+${N}\\s*\\(\\s*0\\s*\\)\\s*=.*,\\s*${N}\\s*\\(\\s*0\\s*\\)\\s*=.*)`, "v(0) =", ({ all = "" }) => all.replace(/\s*\(\s*0\s*\)(?=\s*=)/gu, "")),
  line("neuron", `refractory\\s+(?<t>[^{}:]+?)\\s*(?::\\s*hold\\s+(?<a>${N})|:?\\s*\\{\\s*hold\\s*\\(\\s*(?<b>${N})\\s*\\)\\s*\\})`, "refractory hold", ({ t = "", a, b = "" }) => `refractory ${t} { hold ${a ?? b} }`),
  line(MODELS, `(?<head>[^{}?]*?=\\s*)if\\s*\\(\\s*(?<c>[^(),]*[<>≤≥=][^(),]*)\\s*,\\s*(?<a>[^,{}]+?)\\s*,\\s*(?<b>[^,{}]+?)\\s*\\)`, "where(c, a, b)", ({ head = "", c = "", a = "", b = "" }) => `${head}if ${c} then ${a} else ${b}`),
  line(MODELS, "(?<head>[^{}?]*?=\\s*)if\\s+(?<c>[^{}:]+?)\\s*:\\s*(?<a>[^{}:]+?)\\s*,?\\s*else\\s*:\\s*(?<b>[^{}:]+)", "where(c, a, b)", ({ head = "", c = "", a = "", b = "" }) => `${head}if ${c} then ${a} else ${b}`),
  line(MODELS, "(?<head>(?:let|param|[^={}<>]+')?[^={}<>]*=\\s*)(?<a>[^{}=<>]+?)\\s+(?:when|where)\\s+(?<c>[^{}]*?[<>≤≥][^{}]*?)\\s*,?\\s+(?:otherwise|else)\\s+(?<b>[^{}]+)", "where(c, a, b)", ({ head = "", a = "", c = "", b = "" }) => `${head}if ${c} then ${a} else ${b}`),
  line("neuron", "then\\s*\\{(?<does>[^{}]*)\\}", "on spike", ({ does = "" }, _declared, { tokens }, i) => (has(tokens, i, Reset) ? null : `reset { ${body(does)} }`)),
  line("neuron", "reset\\s*\\[(?<does>[^\\[\\]{}]*)\\]", "reset =", ({ does = "" }) => `reset { ${body(does)} }`),
  line("neuron", "reset\\s*\\{(?<does>[^{}]*\\band\\b[^{}]*)\\}", "reset =", ({ does = "" }) => (/\bif\b/u.test(does) ? undefined : `reset { ${body(does.replace(/\band\b/gu, ";"))} }`)),
  line("neuron", "reset\\s+(?<does>[^{}]*\\b(?:and|add|increase|increment|decrease|by)\\b[^{}]*)", "reset =", ({ does = "" }) => {
    const parts = does.split(/\s*(?:\band\b|,|;)\s*/u).map(inWords);
    return parts.includes(null) ? null : `reset { ${parts.join("; ")} }`;
  }),
  line("neuron", `refractory\\s+(?<t>[^{}]+?)\\s+(?:clamp|clamping|freeze|fix|keep|holding)\\s+(?<x>${N})(?:\\s*(?:=|at\\b|to\\b).*)?`, "refractory hold", ({ t = "", x = "" }) => `refractory ${t} { hold ${x} }`),
  line("neuron mechanism", `(?:on|if|[Ww]hen|WHEN|IF|whenever|once)\\s+(?:event\\s+|condition\\s+)?\\(?(?<c>[^{}:=]*?[<>≤≥]=?[^{}:=]*?)\\)?\\s*(?:(?:do|DO|then|THEN|set|SET|:|,)\\s*)+(?<does>${N}\\s*(?:[-+*/:]?=|<-)\\s*[^={}:]+)`, "if c: a", ({ c = "", does = "" }, _declared, scene, i) => happening(scene, i, c, does)),
  line("neuron mechanism", "(?:if|IF|on\\s+event|on\\s+condition)\\s*\\(?(?<c>[^{}=]*?[<>≤≥]=?[^{}=]*?)\\)?\\s*(?:then|:)?\\s*\\{(?<does>[^{}]*)\\}", "if c: a", ({ c = "", does = "" }, _declared, scene, i) => (/^\s*$|emit_spike/u.test(does) ? undefined : happening(scene, i, c, does))),
  line("synapse", "on_?(?<end>pre|post|spike|arrival)\\s*:\\s*(?<does>[^{}]+)", "on pre g += w", ({ end = "", does = "" }) => `on ${end === "post" ? end : "pre"} { ${body(does)} }`),
  line("synapse", "on\\s*_?(?:arrival|receive|received|event|input|spikes?)\\s*:?\\s*\\{(?<does>[^{}]*)\\}", "on pre.spike", ({ does = "" }) => `on pre { ${body(does)} }`),
  line("neuron", "(?:event|emit|output|generate)\\s+spikes?\\s+(?:when|if|on)\\s+(?<c>[^{}]+)", "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", "spike\\s+(?:on|upon)\\s+(?<c>[^{}]*[<>≤≥][^{}]*)", "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `threshold\\s*:?\\s*(?<b>${N}|-?[\\d.]+\\s*\\p{L}+)`, "threshold =", ({ b = "" }, declared) => (declared.has("threshold") ? undefined : ofVoltage(declared, (v) => `spike when ${v} > ${b}`))),
  line("neuron", "when\\s+(?<c>[^{}]*[<>≤≥][^{}]*?)\\s*\\{(?<does>[^{}]*)\\}", "spike at", ({ c = "", does = "" }, _declared, { tokens }, i) => (has(tokens, i, Spike) ? `on ${c} { ${body(does)} }` : has(tokens, i, Reset) ? null : `spike when ${c}\nreset { ${body(does)} }`)),
  line("neuron", "(?:if|on)\\s+(?<c>[^{}]*?[<>≤≥][^{}]*?)\\s*(?:then\\s+|:\\s*)?emit_spike\\s*\\(\\s*\\)", "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `reset\\s+(?<x>${N})\\s+(?<value>${N}|-?[\\d.]+\\s*\\p{L}+)`, "reset =", ({ x = "", value = "" }, declared) => (declared.has(x) && (/^-?[\\d.]/u.test(value) || declared.has(value)) ? `reset { ${x} <- ${value} }` : undefined)),
  line("neuron", "on_?spikes?\\s*\\{(?<does>[^{}]*)\\}", "on spike", ({ does = "" }, _declared, { tokens }, i) => (has(tokens, i, Reset) ? null : `reset { ${body(does)} }`)),
  line(MODELS, `in\\s+(?<x>${N})\\s*(?<rest>:.*)`, "input current i", ({ x = "", rest = "" }) => `input ${x} ${rest}`),
  line("neuron", "on\\s+reset\\s*\\{(?<does>[^{}]*)\\}", "on spike", ({ does = "" }) => `reset {${does}}`),
  line(MODELS, `(?<word>weight|input)\\s+(?<x>${N})\\s*=\\s*(?<unit>[\\p{L}µ]\\S*)`, "x ms = 1 ms", ({ word = "", x = "", unit = "" }, declared) => ("unit" in parseUnit(unit) && !declared.has(unit) ? `${word} ${x} : ${unit}` : undefined)),
  line(MODELS, `on\\s+(?<end>pre|post)\\s+(?:if|when)\\s+(?<c>[^{}]+?)\\s*\\{\\s*(?<x>${N}(?:\\.${N})?)\\s*(?<sign>\\+?=|<-)\\s*(?<value>[^{};=]+?)\\s*\\}`, "if c then x <- a", ({ end = "", c = "", x = "", sign = "", value = "" }) => `on ${end} { ${x} <- if ${c} then ${sign === "+=" ? `${x} + ${value}` : value} else ${x} }`),
  line(`${MODELS} network experiment`, "!\\s+(?<text>\\p{L}.*)", "%", ({ text = "" }) => `// ${text}`),
  line("neuron", `spikes?\\s+(?:when|if)\\s+(?<a>.+?)\\s+(?:is\\s+)?(?:(?:crosses|goes|rises|gets)\\s+)?(?:above|over|exceeds|greater than|larger than)\\s+(?<b>.+)`, "v crosses θ", ({ a = "", b = "" }) => `spike when ${a} > ${b}`),
  line("neuron", `(?:spikes|fires?)\\s+(?:when|if)\\s+(?<c>[^{}]+)`, "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `(?:if|on)\\s+(?<c>[^{}]*?[<>≤≥][^{}]*?)\\s*(?:then\\s+|:\\s*)?(?:spike|fire)`, "spike at", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `spike\\s+(?<b>${N})`, "spike at", ({ b = "" }, declared) => (declared.has(b) ? ofVoltage(declared, (v) => `spike when ${v} > ${b}`) : undefined)),
  line("neuron", `reset\\s+(?<x>${N})\\s+(?:to|at)\\s+(?<value>[^{}]+)`, "reset =", ({ x = "", value = "" }, _declared, { tokens }, i) => (goesOn(tokens, i) ? undefined : `reset { ${x} <- ${value} }`)),
  line("neuron", `reset\\s+(?:to\\s+)?(?<value>${N}|-?[\\d.]+\\s*\\p{L}+)`, "reset =", ({ value = "" }, declared) => ofVoltage(declared, (v) => `reset { ${v} <- ${value} }`)),
  line("neuron", "reset\\s*\\((?<does>[^(){}]*(?:=|<-)[^(){}]*)\\)", "reset =", ({ does = "" }) => `reset { ${body(does)} }`),
  line("neuron", "(?:after|at|upon|following)\\s+(?:a\\s+)?spikes?\\s*:?\\s*\\{?(?<does>[^{}]*(?:=|<-)[^{}]*)\\}?", "on spike", ({ does = "" }) => `reset { ${body(does)} }`),
  line("neuron", `(?<does>${N}\\s*(?:=|<-)\\s*[^={}]+?)\\s+(?:on|after|at|upon)\\s+spikes?`, "on spike", ({ does = "" }) => `reset { ${body(does)} }`),
  line("neuron", "refractory\\s*:\\s*(?<rest>[^{}\\s:][^:]*)", "refractory for", ({ rest = "" }) => `refractory ${rest}`),
  line("neuron", "refractory\\s*\\{\\s*(?<t>[^{}\\s;]+|[\\d.]+\\s*\\p{L}+)\\s*\\}", "refractory for", ({ t = "" }) => `refractory ${t}`),
  line("neuron", `hold\\s+(?<x>${N})\\s+(?:for|during)\\s+(?<t>[^{}]+)`, "refractory hold", ({ x = "", t = "" }) => `refractory ${t} { hold ${x} }`),
  line("synapse", "(?:(?:when|at)\\s+(?<a>pre|post)(?:synaptic)?(?:\\s+(?:spikes?|arrival|event))?|on\\s+(?<b>pre|post)(?:synaptic)?\\s+(?:spikes?|arrival|event)|(?<c>pre|post))\\s*\\{(?<does>[^{}]*)\\}", "on pre g += w", ({ a, b, c = "", does = "" }) => `on ${a ?? b ?? c} { ${body(does)} }`),
  line("synapse", `(?<does>${N}\\s*(?:[-+*/]?=|<-)\\s*[^={}]+?)\\s+(?:on|at|when)\\s+(?<end>pre|post)`, "on pre g += w", ({ end = "", does = "" }) => `on ${end} { ${body(does)} }`),
  line("synapse", `${N}'\\s*=.*\\bpre\\.spikes?\\b.*`, "on pre g += w", () => null),
  line("synapse", `(?<x>${N})_post\\s*=\\s*(?<value>.+?)\\s*:\\s*[^\\s:]+\\s*\\(summed\\)`, "(summed)", ({ x = "", value = "" }) => `post.${x} += ${value.replace(/([\p{L}_][\p{L}\p{N}_]*?)_(pre|post)(?![\p{L}\p{N}_])/gu, "$2.$1")}`),
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
  line("neuron", `reset\\s*\\{(?<does>[^{}]*)\\}\\s*when\\s+(?<c>[^{}]+)`, "reset when", ({ does = "", c = "" }, _declared, scene, i) => (has(scene.tokens, i, Spike) ? `reset {${does}}` : `spike when ${c}\nreset {${does}}`)),
  line("neuron", "spike\\s+when\\s+(?<c>[^{}]*?[<>≤≥][^{}]*?)\\s+(?:rising|upwards?|falling|downwards?)", "v crosses θ", ({ c = "" }) => `spike when ${c}`),
  line("neuron", `(?<head>refractory\\s+[^{}]+?)\\s*\\{\\s*hold\\s+(?<x>${N})(?:\\s*(?:=|<-)|\\s+at\\b)\\s*[^{};\\s][^{};]*\\}`, "hold v = e", ({ head = "", x = "" }) => `${head} { hold ${x} }`),
  line(MODELS, `(?<f>${N})\\s*\\(\\s*(?<v>${N})\\s*\\)\\s*=\\s*(?<value>[^={}]+)`, "f(v) = …", ({ f = "", v = "", value = "" }, declared) => (declared.has(f) || v === "t" || /^(d|D|der|diff|ddt)$/u.test(f) ? undefined : declared.has(v) ? `let ${f} = ${value}` : null)),
  line(MODELS, `(?<tau>${N})\\s+(?<x>${N})'\\s*=\\s*(?<f>.+)`, "c*dv/dt", ({ tau = "", x = "", f = "" }, declared) => (declared.has(tau) ? `${x}' = (${f})/${tau}` : undefined)),
  line(MODELS, `d(?<x>${N})\\s*=\\s*(?:dt\\s*\\*\\s*(?<f>.+)|(?<g>.+?)\\s*\\*\\s*dt)`, "v += dt*f", ({ x = "", f, g = "" }, declared) => (declared.has(x) && !declared.has(`d${x}`) && isFactor(f ?? g) ? `${x}' = ${f ?? g}` : undefined)),
  line(MODELS, `input\\s+(?<x>${N})\\s+in\\s+(?<unit>\\S+)`, "x ms = 1 ms", ({ x = "", unit = "" }) => ("unit" in parseUnit(unit) ? `input ${x} : ${unit}` : undefined)),
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
  line(MODELS, `each\\s+(?<t>[\\d.]+\\s*m?s|${N})\\s*\\{(?<does>[^{}]*)\\}`, "each 10 ms {}", ({ t = "", does = "" }) => `every ${t} { ${body(does)} }`),
  line(MODELS, `use\\s+(?<m>${N})\\s*\\((?<sets>[^(){}]*=[^(){}]*)\\)`, "lif(x = 1)", ({ m = "", sets = "" }) => `use ${m} { ${sets.trim()} }`),
  line("synapse", `weight\\s*:\\s*(?<rest>.+)`, "weight : ns", ({ rest = "" }) => `weight w : ${rest}`),
  line(`${MODELS} network`, `(?<head>(?:param|const)\\s+(?:T|temp\\w*|celsius|T_\\w+)\\s*=\\s*-?[\\d.]+)\\s*°?C`, "36 c", ({ head = "" }) => `${head} degC`),
]; // prettier-ignore

/** `threshold='v > θ', reset='v = E', refractory=5*ms`, as Brian2 gives them to a group. */
function brianArguments(all: string, declared: ReadonlySet<string>): string | null {
  const parts = all.split(/,\s*(?=(?:threshold|reset|refractory|method)\s*=)/u).map((part) => {
    const [, word = "", given = ""] = /^(\w+)\s*=\s*(.*)$/su.exec(part.trim()) ?? [];
    const text = given.replace(/^(["'])(.*)\1$/su, "$2").trim();
    if (word === "method") return "";
    if (word === "refractory") return `refractory ${text.replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ")}`;
    if (word === "threshold")
      return /[<>≤≥]/u.test(text) ? `spike when ${text}` : ofVoltage(declared, (v) => `spike when ${v} > ${text}`);
    return text.includes("=") ? `reset { ${body(text)} }` : ofVoltage(declared, (v) => `reset { ${v} <- ${text} }`);
  });
  return parts.includes(null) ? null : parts.filter((part) => part !== "").join("\n");
}

/** `V_post - V_pre` as `post.V - pre.V` */
export function ofEnds(text: string, declared: ReadonlySet<string>): string {
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

/** `V = E_L⏎ emit_spike()` as the inside of a reset. */
function body(does: string): string {
  return does
    .split(/[;\n,]/u)
    .map((s) => assigned(s))
    .filter((s) => s !== "" && !/^emit_spike\b/u.test(s))
    .join("; ");
}

/** `V to E_L`, `add b to w`, `increase w by b` as what a reset assigns; null where it is none of them. */
function inWords(part: string): string | null {
  const { x = "", value = "" } = /^(?:set\s+)?(?<x>\S+)\s+(?:to|at)\s+(?<value>.+)$/su.exec(part)?.groups ?? {};
  if (x !== "" && !/^(?:add|subtract)$/u.test(x)) return `${x} <- ${value}`;
  const { by, to = "" } = /^add\s+(?<by>.+?)\s+to\s+(?<to>\S+)$/su.exec(part)?.groups ?? {};
  if (by !== undefined) return `${to} <- ${to} + ${by}`;
  const {
    word = "",
    y = "",
    step,
  } = /^(?:(?<word>inc|incr|increase|increment|raise|decrease|reduce|lower|decrement)\s+)?(?<y>\S+)\s+by\s+(?<step>.+)$/su.exec(
    part,
  )?.groups ?? {};
  if (step !== undefined) return `${y} <- ${y} ${/^(?:dec|red|low)/u.test(word) ? "-" : "+"} ${step}`;
  return /[=<]/u.test(part) ? assigned(part) : null;
}

/** What happens where a condition becomes true: an event; in a model without a spike, the spike and what it resets. */
function happening({ tokens, declared }: Scene, i: number, c: string, does: string): string | null {
  const inside = body(does.replace(/:=/gu, "="));
  const [condition, v] = [c.trim(), ofVoltage(declared, (name) => name)];
  if (inside === "" || /\bif\b/u.test(inside)) return null;
  const isSpike = v !== null && new RegExp(`^${v}\\s*[>≥]`, "u").test(condition) && inside.startsWith(`${v} <-`);
  return isSpike && !has(tokens, i, Spike) && !has(tokens, i, Reset)
    ? `spike when ${condition}\nreset { ${inside} }`
    : `on ${condition} { ${inside} }`;
}

/** Whether another assignment follows on the line, behind a semicolon. */
function goesOn(tokens: readonly Token[], i: number): boolean {
  let k = i;
  while (onLine(tokens[k], tokens[i]) && tokens[k]?.image !== ";") k++;
  return onLine(tokens[k], tokens[i]) && /^(?:<-|=)$/u.test(tokens[k + 2]?.image ?? "");
}

/** Whether the file has an equation for it, or assigns to it. */
function changes(x: string, text: string): boolean {
  return hasEquation(x, text) || new RegExp(`(?<![\\p{L}\\p{N}_.])${x}\\s*<-`, "u").test(text);
}

/** Whether a statement of the model around begins with such a word. */
const has = (tokens: readonly Token[], i: number, type: TokenType): boolean =>
  inModel(tokens, i, (t, k) => t.tokenType === type && startsStatement(tokens, k)) !== null;
