// Lines of experiments as other tools write them.
import { Comma, Experiment, Identifier, LBrace, Neuron, State } from "../../../grammar/tokens.ts";
import { METHOD_WORDS } from "../../diagnostics/habits.ts";
import { parseUnit } from "../../quantities/unit.ts";
import type { Token } from "../lexical.ts";
import { line, N } from "./line.ts";
import type { Line } from "./line.ts";
import { valueOfOthers } from "./oneNeuron.ts";
import { closing, startsStatement } from "./scene.ts";
import type { Scene } from "./scene.ts";

export const EXPERIMENT_LINES: readonly Line[] = [
  line("experiment", `(?<e>${N})\\s*->\\s*(?<x>${N})\\s*=\\s*(?<value>[^=]+)`, "e->x", ({ e = "", x = "", value = "" }) => `${e}.${x} = ${value}`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*:\\s*(?<unit>[^\\s=:]+)\\s*=\\s*(?<value>[^=]+)`, "x : pa = 1", ({ x = "", unit = "", value = "" }) => ("unit" in parseUnit(unit) ? `${x} = ${value}` : undefined)),
  line("experiment", `(?<names>${N}(?:\\.${N})?(?:\\s*,\\s*${N}(?:\\.${N})?)+)\\s*=\\s*(?<values>[^=(){}]+,[^=(){}]+)`, "e.x, i.x = 1, 2", ({ names = "", values = "" }) => {
    const [xs, vs] = [names, values].map((list) => list.split(",").map((one) => one.trim()));
    return xs === undefined || xs.length !== vs?.length ? undefined : xs.map((x, k) => `${x} = ${vs[k] ?? ""}`).join("\n");
  }),
  line("experiment", "(?:threads|workers|n_threads|num_threads|local_num_threads)\\s*=?\\s*\\d+", "threads 4", () => null),
  line("experiment", `record\\s+(?<x>${N}(?:\\.${N})?)\\s+(?<unit>[^\\s,]+)`, "record(v)", ({ x = "", unit = "" }, declared) => (declared.has(unit) || !("unit" in parseUnit(unit)) ? undefined : `record ${x}`)),
  line("experiment", `record\\s+(?<x>${N}(?:\\.${N})?)\\s+as\\s+\\S+`, "record v as x", ({ x = "" }) => `record ${x}`),
  line("experiment", "(?<x>neurons?|n_neurons|num_neurons|N)\\s*[=:]?\\s*\\d+", "neurons 10", ({ x = "" }, declared) => (declared.has(x) ? undefined : null)),
  line("experiment", `(?<e>${N})\\.(?<x>${N})\\s*\\[\\s*(?<k>\\d+|\\d*:\\d*)\\s*\\]\\s*=\\s*(?<value>[^=]+)`, "p.i[0] =", ({ e = "", x = "", k = "", value = "" }, declared, scene) => {
    // Elements of what has an index are set so.
    if (!declared.has(x) || new RegExp(`(?<![\\p{L}\\p{N}_.])${x}\\s*\\[`, "u").test(scene.source.text)) return undefined;
    if (k === ":") return `${e}.${x} = ${value}`;
    const [from = "", to] = k.split(":");
    if (to === "") return null;
    return `${e}[${from === "" ? 0 : from}${to === undefined ? "" : `..${Number(to) - 1}`}].${x} = ${value}`;
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
  line("experiment", `(?<x>${N})\\s*\\(\\s*0\\s*\\)\\s*=\\s*(?<value>[^=]+)`, "init v = -65 mv", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment", `record\\s+spikes\\s+(?:of\\s+|from\\s+)?(?<e>${N})`, "record v of e", ({ e = "" }) => `record ${e}.spikes`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*:\\s*(?<value>(?:pulse|steps|ramp|sine|file)\\s*\\(.*\\))`, "e.x: 3", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment", "(?:h|sim|nest|net|neuron|b2|brian2|p|simulation)\\.(?:run|[Ss]imulate|tstop|stop|duration|t_?end|continuerun)\\s*(?:=|\\()\\s*(?<t>[\\d.]+)\\s*\\*?\\s*(?<unit>\\p{L}*)\\s*\\)?", "for 50 ms", ({ t = "", unit = "" }) => `duration ${t} ${unit === "" ? "ms" : unit}`),
  line("experiment", "(?:h|sim|nest|net|neuron|b2|brian2|p|simulation|dt)\\.?(?:dt|resolution|steps?|timestep)\\s*=\\s*(?<t>[\\d.]+)\\s*\\*?\\s*(?<unit>\\p{L}*)", "defaultclock.dt", ({ t = "", unit = "" }) => `step ${t} ${unit === "" ? "ms" : unit}`),
  line("experiment", "(?:recordables?|record_from|record|monitors?|recordings?)\\s*[=:]\\s*[\\[({]\\s*(?<list>[\"'\\p{L}][^\\[\\](){}=]*)[\\])}]", "record(v)", ({ list = "" }) => `record ${list.replace(/["']/gu, "").trim().replace(/\s*,\s*/gu, ", ").replace(/,\s*$/u, "")}`),
  line("experiment", `(?:${N}\\s*=\\s*)?StateMonitor\\s*\\(\\s*${N}\\s*,\\s*(?:variables\\s*=\\s*)?[\\[(]?(?<list>["'][^\\[\\]()=]*["'])[\\])]?\\s*(?:,[^()]*)?\\)`, "m = statemonitor(…)", ({ list = "" }) => `record ${list.replace(/["']/gu, "").replace(/\s*,\s*/gu, ", ")}`),
  line("experiment", `(?:${N}\\s*=\\s*)?(?:SpikeMonitor|SpikeDetector|spike_recorder|EventMonitor)\\s*\\(.*\\)`, "m = statemonitor(…)", () => "record spikes"),
  line("experiment", "(?:random|rng)\\s+seed\\s*[=:]?\\s*(?<n>\\d+)", "quoted word", ({ n = "" }) => `seed ${n}`),
  line("experiment", `(?:integrator|solver|method|algorithm)\\s*[=:]\\s*(?<m>${N})`, "word =", ({ m = "" }, declared) => (declared.has("method") ? undefined : `method ${METHOD_WORDS.get(m.toLowerCase()) ?? m}`)),
  line("experiment", "record\\s*\\{(?<what>[^{}]*)\\}(?<rest>.*)", "record(v)", ({ what = "", rest = "" }) => `record ${what.trim().replace(/\s*;\s*/gu, ", ")}${rest}`),
  line("experiment", `record\\s+(?<what>.*${N}\\s*\\(\\s*[\\p{L}/^\\d-]+\\s*\\).*)`, "record(v)", ({ what = "" }, declared) => {
    const plain = what.replace(/\s*\(\s*([\p{L}/^\d-]+)\s*\)/gu, (whole, unit: string) => (!declared.has(unit) && "unit" in parseUnit(unit) ? "" : whole));
    return plain === what ? undefined : `record ${plain}`;
  }),
  line("experiment", "record\\s+(?<what>.+?)\\s+every\\s+(?<n>\\d+)(?:th|rd|nd|st)?\\s+(?:time\\s*)?steps?", "record(v)", ({ what = "", n = "" }) => `record ${what} every ${n}*dt`),
  line("experiment", "(?:duration|run|simulate|tspan|t_span|time|t)\\s+(?:from\\s+)?0(?:\\.0*)?\\s*(?:m?s)?\\s*(?:\\.\\.|to|until|-|:|,)\\s*(?<t>[\\d.]+\\s*\\p{L}+)", "for 50 ms", ({ t = "" }) => `duration ${t}`),
  line("experiment", "(?:duration|run|simulate)\\s+(?:for\\s+)?(?<t>[\\d.]+\\s*\\p{L}+)\\s*,?\\s*(?:with|by|in|at|using)?\\s*(?:a\\s+)?(?:time)?(?:steps?|dt)\\s*(?:of|[=:])?\\s*(?<dt>[\\d.]+\\s*\\p{L}+)", "for 50 ms", ({ t = "", dt = "" }) => `duration ${t}\nstep ${dt}`),
  line("experiment", "(?:inject|apply|clamp|stimulate|stimulus|current|iclamp|IClamp)\\s*(?:with|of|current)?\\s*(?<value>-?[\\d.]+\\s*\\p{L}+)(?:\\s*,?\\s*(?:from|between|start:?|after|at)\\s+(?<a>[\\d.]+\\s*\\p{L}+))?(?:\\s*,?\\s*(?:to|until|and|till|stop:?)\\s+(?<b>[\\d.]+\\s*\\p{L}+))?", "x for a < t < b", ({ value = "", a, b }, _declared, { inputs }) => {
    const parts = [...(a === undefined ? [] : [`from: ${a}`]), ...(b === undefined ? [] : [`to: ${b}`])];
    return inputs.size !== 1 ? null : `${[...inputs][0] ?? ""} = ${parts.length === 0 ? value : `pulse(${[value, ...parts].join(", ")})`}`;
  }),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*[([]\\s*(?:t\\s*=\\s*)?(?<a>[\\d.]+\\s*m?s)\\s*(?:\\.\\.|to|:|,|-)\\s*(?<b>[\\d.]+\\s*m?s)\\s*[)\\]]\\s*=\\s*(?<value>[^=;{}]+)`, "x for a < t < b", ({ x = "", a = "", b = "", value = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*pulse\\s*\\(\\s*(?<value>[^,()]+?)\\s*,\\s*(?:[([]\\s*(?<c>[\\d.]+\\s*m?s)\\s*,\\s*(?<d>[\\d.]+\\s*m?s)\\s*[)\\]]|(?<a>[\\d.]+\\s*m?s)\\s*(?:to|until|-)\\s*(?<b>[\\d.]+\\s*m?s))\\s*\\)`, "start:", ({ x = "", value = "", c = "", d = "", a = c, b = d }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<before>(?:[^=;{}]*[-+*(,\\s])?)sin\\s*\\((?<inside>[^(),]+,[^()]+)\\)(?<after>.*)`, "sin(a, f)", ({ x = "", before = "", inside = "", after = "" }) => `${x} = ${before}sine(${inside})${after}`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<before>(?:[^=;{}]*[-+*(,\\s])?)ramp\\s*\\(\\s*(?:from|start)\\s*[:=]\\s*(?<v>-?[\\d.]+\\s*(?!m?s\\b)\\p{L}+)\\s*,\\s*(?:to|stop|end)\\s*[:=]\\s*(?<w>-?[\\d.]+\\s*(?!m?s\\b)\\p{L}+)(?<rest>\\s*,[^()]*)?\\)(?<after>.*)`, "ramp(from: v)", ({ x = "", before = "", v = "", w = "", rest = "", after = "" }) => {
    const ramp = rampOf(v, w, rest);
    return ramp === null ? null : `${x} = ${before}${ramp}${after}`;
  }),
  line("experiment", "(?:for|until|t_?stop|t_?end|total|(?:simulate|run)\\s+(?:for|until))\\s*=?\\s*(?<t>[\\d.]+\\s*\\p{L}+)", "for 50 ms", ({ t = "" }) => `duration ${t}`),
  line("experiment", "(?:tspan|t_span)\\s*=\\s*[[(]\\s*0(?:\\.0*)?\\s*(?:m?s)?\\s*(?:,|:|\\.\\.|\\s)\\s*(?<t>[\\d.]+)\\s*(?<unit>\\p{L}*)\\s*[\\])]\\s*(?<behind>\\p{L}*)", "for 50 ms", ({ t = "", unit = "", behind = "" }) => `duration ${`${t} ${unit}${behind}`.trim()}`),
  line("experiment", "step\\s*[-_]?\\s*size\\s*[=:]?\\s*(?<t>[\\d.]+\\s*\\p{L}+)", "defaultclock.dt", ({ t = "" }) => `step ${t}`),
  line("experiment", "(?:np\\.random\\.|random\\.|rng\\.|nest\\.|brian2\\.)seed\\s*\\(\\s*(?<n>\\d+)\\s*\\)", "quoted word", ({ n = "" }) => `seed ${n}`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?:step|square|rect|box)\\s*\\(\\s*(?<value>[^,()]+)\\s*,\\s*(?:(?:from|start)\\s*[:=]\\s*)?(?<a>[^,():=]+)\\s*,\\s*(?:(?:to|until|stop|end)\\s*[:=]\\s*)?(?<b>[^,():=]+?)\\s*\\)`, "start:", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*pulse\\s*\\(\\s*(?<a>[\\d.]+\\s*m?s)\\s*,\\s*(?<b>[\\d.]+\\s*m?s)\\s*,\\s*(?<value>[^,()]+?)\\s*\\)`, "start:", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?:\\[\\s*(?<list>\\([^\\[\\]]*\\))\\s*\\]|\\{\\s*(?<map>[\\d.][^{}]*:[^{}]*?)\\s*\\})`, "[(t, x)]", ({ x = "", list, map = "" }) => `${x} = steps(${list === undefined ? map : list.replace(/\(\s*([^(),]+?)\s*,\s*([^(),]+?)\s*\)/gu, "$1: $2")})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*steps\\s*\\(\\s*\\[(?<times>[^\\[\\]]*)\\]\\s*(?<t>\\p{L}*)\\s*,\\s*\\[(?<values>[^\\[\\]]*)\\]\\s*(?<unit>\\p{L}*)\\s*\\)`, "[(t, x)]", ({ x = "", times = "", t = "", values = "", unit = "" }) => zipped(x, times.split(","), t, values.split(","), unit)),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}(]+?)\\s+(?:at|after|starting at|since)\\s+(?<a>\\d[^=;{}]*)`, "x for a < t < b", ({ x = "", value = "", a = "" }, declared, { inputs }) => (!x.includes(".") && declared.has(x) && !inputs.has(x) ? undefined : `${x} = pulse(${value}, from: ${a})`)),
  line("experiment", `(?<x>(?!(?:duration|step|seed|method|record|spikes)\\b)${N})\\s*:\\s*(?<value>[-+]?\\d[^:]*)`, "e.x: 3", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment settings", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*["'](?<value>-?[\\d.]+\\s*\\p{L}[^"']*)["']`, "x = 'e'", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment", "record\\s+(?<what>.+?)\\s+every\\s+(?:time\\s*)?step", "record(v)", ({ what = "" }) => `record ${what}`),
  line("experiment", "record\\s+(?<what>.+?)\\s*(?:\\beach|@|\\bat every|\\binterval|\\bper)\\s*[=:]?\\s*(?<dt>[\\d.]+\\s*\\p{L}+)", "record(v)", ({ what = "", dt = "" }) => `record ${what.replace(/\s+(?:with|at|in|an?)$/u, "")} every ${dt}`),
  line("experiment", `record\\s+all\\s+(?<what>${N}.*)`, "record(v)", ({ what = "" }) => `record ${what}`),
  line("experiment", `(?:save|output|write|log|store|trace|print)\\s+(?<what>${N}(?:[.,[\\s].*)?)`, "save v", ({ what = "" }) => `record ${what}`),
  line("experiment", `record\\s+(?<e>${N})\\s*(?:\\[\\s*(?<k>[\\d.]+)\\s*\\]\\s+|\\(\\s*(?<j>[\\d.]+)\\s*\\)\\s*\\.\\s*)(?<x>${N})`, "record v of e", ({ e = "", k, j = "", x = "" }) => `record ${e}[${k ?? j}].${x}`),
  line("experiment", "record\\s+(?<what>.+?)\\s+(?:to|in|into)\\s+[\"'][^\"']*[\"']", "record v to file", ({ what = "" }) => `record ${what}`),
  line("experiment", "record\\s+(?<what>.+?)\\s*,\\s*every\\s+(?<dt>.+)", "record(v)", ({ what = "", dt = "" }) => `record ${what} every ${dt}`),
  line("experiment", `record\\s+(?:d${N}\\s*/\\s*dt|${N}'|${N}\\s*[-+*/]\\s*[\\p{L}\\p{N}].*)`, "record v - e", () => null),
  line("experiment", `method\\s+${N}\\s*:.*`, "method e: euler", () => null),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=]+?)\\s+(?:for|during|between|when)\\s+(?:(?<a>[^<>]+?)\\s*<=?\\s*t\\s*<=?\\s*(?<b>[^<>]+)|t\\s*>=?\\s*(?<c>[^<>]+))`, "x for a < t < b", ({ x = "", value = "", a, b, c = "" }, _declared, { inputs }) => !inputs.has(x.replace(/^.*\./u, "")) ? undefined : `${x} = pulse(${value}, ${a === undefined || b === undefined ? `from: ${c}` : `from: ${a}, to: ${b}`})`),
  line("experiment settings", `(?<x>${N}(?:\\.${N})?)\\s*(?<sign>[=~])\\s*(?<f>${N})\\((?<args>[-\\d.,\\s]+)\\)\\s*(?<unit>\\p{L}[^\\s(){}]*)`, "normal(10, 1) ms", ({ x = "", f = "", args = "", unit = "" }) => ("unit" in parseUnit(unit) ? `${x} ~ ${f}(${args.split(",").map((a) => `${a.trim()} ${unit}`).join(", ")})` : undefined)),
  line("experiment settings", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?:'(?<a>[^'"]*)'|"(?<b>[^'"]*[-+*/(][^'"]*)")`, "x = 'e'", ({ x = "", a, b = "" }) => (/\.\w+$/u.test(a ?? b) ? undefined : `${x} = ${(a ?? b).replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ")}`)),
  line("experiment", `record\\s+(?<what>${N}(?:\\.${N})?(?:\\s*,\\s*${N}(?:\\.${N})?)*)\\s+(?:of|in|from)\\s+(?<e>${N})(?<every>\\s+every\\s+.+)?`, "record v of e", ({ what = "", e = "", every = "" }) => `record ${what.split(",").map((x) => (x.includes(".") ? x.trim() : `${e}.${x.trim()}`)).join(", ")}${every}`),
  line("experiment", `record\\s+(?<e>${N})\\s*\\[\\s*(?<list>\\d+(?:\\s*,\\s*\\d+)+)\\s*\\]\\s*\\.\\s*(?<x>${N})(?<every>\\s+every\\s+.+)?`, "record e[0, 1].v", ({ e = "", list = "", x = "", every = "" }) => {
    const ks = list.split(",").map(Number);
    const isRange = ks.every((k, n) => n === 0 || k === (ks[n - 1] ?? 0) + 1);
    return `record ${isRange ? `${e}[${ks[0]}..${ks[ks.length - 1]}].${x}` : ks.map((k) => `${e}[${k}].${x}`).join(", ")}${every}`;
  }),
  line("experiment", `record\\s+(?<x>${N})\\s*\\(\\s*(?:0?\\.\\d+|0|1)\\s*\\)(?<every>\\s+every\\s+.+)?`, "record v(0.5)", ({ x = "", every = "" }) => `record ${x}${every}`),
  line("experiment", `init(?:ial)?\\s+(?<x>${N}(?:\\.${N})?)\\s*(?<sign>=|~)\\s*(?<value>.+)`, "init v = -65 mv", ({ x = "", sign = "", value = "" }) => `${x} ${sign} ${value}`),
  line("experiment", `state\\s+(?<x>${N}(?:\\.${N})?)\\s*(?<sign>=|~)\\s*(?<value>.+)`, "init v = -65 mv", ({ x = "", sign = "", value = "" }) => `${x} ${sign} ${value}`),
  line("experiment settings", `(?:set|stimulus|stim|inject|with|input)\\s+(?<x>${N}(?:\\.${N})?)\\s*(?<sign>=|~)\\s*(?<value>.+)`, "set x = 1", ({ x = "", sign = "", value = "" }) => `${x} ${sign} ${value}`),
  line("experiment", `(?<x>${N})_init\\s*=\\s*(?<value>[^=]+)`, "init v = -65 mv", ({ x = "", value = "" }, declared) => (declared.has(`${x}_init`) || !declared.has(x) ? undefined : `${x} = ${value}`)),
  line("experiment", `[vV]_init\\s*=\\s*(?<value>[^=]+)`, "init v = -65 mv", ({ value = "" }, declared) => {
    const x = ["V", "v"].find((name) => declared.has(name));
    return x === undefined || declared.has("v_init") || declared.has("V_init") ? undefined : `${x} = ${value}`;
  }),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}]+?)\\s+(?:from|between)\\s+(?<a>\\d[^=;{}]*?)\\s+(?:to|until|and)\\s+(?<b>\\d[^=;{}]*)`, "x for a < t < b", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}\\.${N})\\s*:\\s*(?<value>[-+]?\\d.*)`, "e.x: 3", ({ x = "", value = "" }) => `${x} = ${value}`),
  line("experiment", "seed\\s+(?:=\\s*)?(?:random|none|null|None|auto|time)", "seed random", () => ""),
  line("experiment", `model\\s+${N}`, "model in experiment", () => null),
  line("experiment", `record\\s+(?<x>${N}(?:\\.${N})?)\\s+(?:as|in)\\s+(?<unit>\\S+)`, "record(v)", ({ x = "", unit = "" }) => ("unit" in parseUnit(unit) ? `record ${x}` : undefined)),
  line("experiment", "(?:t|time)\\s*=\\s*\\[?\\s*0(?:\\.0*)?\\s*(?:m?s)?\\s*\\.\\.\\s*(?<t>[\\d.]+\\s*m?s)\\s*\\]?", "for 50 ms", ({ t = "" }) => `duration ${t}`),
  line("experiment", "(?:t|time)\\s*=\\s*(?:np\\.)?(?:linspace|arange)\\s*\\(.*", "for 50 ms", (_groups, declared) => (declared.has("t") ? undefined : null)),
  line("experiment", "time\\s*=?\\s*(?<t>[\\d.]+\\s*m?s)", "for 50 ms", ({ t = "" }, declared) => (declared.has("time") ? undefined : `duration ${t}`)),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*pulse\\s*\\(\\s*(?<value>[^,()]+?)\\s*,\\s*(?<a>[\\d.]+\\s*m?s)\\s*\\.\\.\\s*(?<b>[\\d.]+\\s*m?s)\\s*\\)`, "start:", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", `(?<x>${N}(?:\\.${N})?)\\s*=\\s*(?<value>[^=;{}(]+?)\\s+(?:on|in|over)\\s+[[(]\\s*(?<a>[\\d.]+\\s*m?s)\\s*,\\s*(?<b>[\\d.]+\\s*m?s)\\s*[\\])]`, "x for a < t < b", ({ x = "", value = "", a = "", b = "" }) => `${x} = pulse(${value}, from: ${a}, to: ${b})`),
  line("experiment", "record\\s+(?:\\*|all|everything)", "record *", (_groups, _declared, scene, i) => {
    const states = statesOfSubject(scene, i);
    return states === null ? null : `record ${states.join(", ")}`;
  }),
  line("experiment", "seeds?\\s*=?\\s*[[(]?\\s*(?<n>\\d+)\\s*(?:,|\\.\\.|to|:).*", "seed 1, 2", ({ n = "" }) => `seed ${n}`),
  line("experiment", `(?<e>${N})\\.(?<x>${N})\\s*=\\s*(?<value>[^=;{}]+?)\\s+(?:for|if|where|when)\\s+(?<c>[^;{}]*\\bi\\b[^;{}]*)`, "x for i < 10", ({ e = "", x = "", value = "", c = "" }, _declared, scene, at) => {
    const others = valueOfOthers(scene, at, e, x);
    return others === null || others.statement !== null || /\belse\b/u.test(c) ? null : `${e}.${x} = if ${c} then ${value} else ${others.value}`;
  }),
  line("experiment", `(?<m>${N})\\s*\\{(?<sets>[^{}]*[=~][^{}]*)\\}`, "lif { c = 1 } inside", ({ m = "", sets = "" }, _declared, { tokens }, i) => {
    const all = sets.split(/[;,\n](?![^()]*\))/u).map((set) => set.trim()).filter((set) => set !== "");
    return all.map((set) => (subjectOf(tokens, i) === m || /^(?:init(?:ial)?|initial_values|set|settings|parameters|values)$/u.test(m) ? set : `${m}.${set}`)).join("\n");
  }),
  line("experiment", `(?<x>${N})\\s*=\\s*[^=;{}]+\\s+(?:for|during|between|when|after|until|from|at|since)\\s+[^;{}]+`, "v clamped", ({ x = "" }, declared, { inputs }) => (declared.has(x) && !inputs.has(x) ? null : undefined)),
]; // prettier-ignore

/** What the experiment around is done with; empty where its head does not say so. */
function subjectOf(tokens: readonly Token[], i: number): string {
  let head = i;
  while (head >= 0 && tokens[head]?.tokenType !== Experiment) head--;
  return tokens[head + 2]?.image === "of" ? (tokens[head + 3]?.image ?? "") : "";
}

/** `ramp(v, w, from: …, to: …)` with the times that are given behind `start:`, `duration:` and the like; null where they are not. */
function rampOf(v: string, w: string, rest: string): string | null {
  const { a, b } =
    /^,\s*(?:\p{L}+\s*[:=]\s*)?(?<a>[\d.]+\s*m?s)\s*,\s*(?:\p{L}+\s*[:=]\s*)?(?<b>[\d.]+\s*m?s)\s*$/u.exec(rest.trim())
      ?.groups ?? {};
  return a === undefined || b === undefined || /dur|width/u.test(rest)
    ? null
    : `ramp(${v}, ${w}, from: ${a}, to: ${b})`;
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
