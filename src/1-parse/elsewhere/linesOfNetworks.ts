// Lines of networks as other tools write them, and of the settings of their populations.
import { LBrace, Network, Neuron, Population } from "../../../grammar/tokens.ts";
import { parseUnit } from "../../quantities/unit.ts";
import type { Token } from "../lexical.ts";
import { line, N } from "./line.ts";
import type { Line } from "./line.ts";
import { startsStatement } from "./scene.ts";

export const NETWORK_LINES: readonly Line[] = [
  line("network", `(?:population\\s+)?(?<x>${N})\\s*=\\s*(?:population|Population|create|Create)\\s*\\(\\s*(?:(?<n>\\d+)\\s*,\\s*(?<m>${N})|(?<k>${N})\\s*,\\s*(?<j>\\d+))\\s*\\)(?<sets>\\s*\\{[^{}]*\\})?`, "p = population(8, lif)", ({ x = "", n, m, k = "", j = "", sets = "" }) => `population ${x} = ${n ?? j} ${m ?? k}${sets}`),
  line("network", `(?<head>connect\\b[^{}()]*?)\\s+as\\s+(?<x>${N})\\s+by\\s+(?<s>${N})(?<rest>.*)`, "as x", ({ head = "", x = "", s = "", rest = "" }) => `${head} by ${s} as ${x}${rest}`),
  line("network", `connect\\s*\\(\\s*(?<a>${N})\\s*,\\s*(?<b>${N})\\s*,\\s*(?<s>${N})\\s*\\)(?<rest>.*)`, "connect(e, i)", ({ a = "", b = "", s = "", rest = "" }) => `connect ${a} -> ${b} by ${s}${rest}`),
  line("network", `(?<head>connect\\b[^{}]*(?:\\{[^{}]*\\}|\\bby\\s+${N}))\\s*(?:if\\s+|when\\s+)?(?<c>[ij]\\s*(?:[!=]=|≠|[<>≤≥]=?)\\s*[^{}]+)`, "i != j", ({ head = "", c = "" }) => `${head} all where ${c}`),
  line("network", "(?<head>connect\\s+[^{}]*?\\[)\\s*:\\s*(?<b>\\d+)(?<rest>\\s*\\].*)", "e[0:5]", ({ head = "", b = "", rest = "" }) => (Number(b) < 1 ? undefined : `${head}0..${Number(b) - 1}${rest}`)),
  line("network", `(?<x>${N})\\s*[:=]\\s*connect\\s+(?<head>.*?\\bby\\s+${N})(?!\\s+as\\b)(?<rest>.*)`, "as x", ({ x = "", head = "", rest = "" }) => `connect ${head} as ${x}${rest}`),
  line("network", "(?<head>connect\\b.*[\\s}])(?<rule>indegree|outdegree|total)\\s*[=:]\\s*(?<n>[\\p{L}\\p{N}_]+)", "probability:", ({ head = "", rule = "", n = "" }) => `${head}${rule}(n: ${n})`),
  line("network", "(?<head>connect\\b.*[\\s}])(?:with\\s+)?(?:random\\s+)?(?<p>[\\d.]+)\\s*%(?:\\s+(?:probability|of\\s+pairs|connectivity))?", "p = 0.1", ({ head = "", p = "" }) => `${head}random(p: ${p} %)`),
  line("network", `(?<head>connect\\b[^{}()]*\\bby\\s+${N}(?:\\s+as\\s+${N})?)\\s+(?<rule>${N}(?:\\([^(){}]*\\))?)\\s*,\\s*(?<sets>${N}\\s*=[^{}]+)`, "rule {}", ({ head = "", rule = "", sets = "" }) => `${head} { ${sets.trim()} } ${rule}`),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*\\w+)\\s+(?:neurons?|cells?|units)(?:\\s+of)?\\s+(?<m>(?!of\\b)${N}.*)`, "population e = lif(800)", ({ head = "", m = "" }) => `${head} ${m}`),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*\\w+)\\s+(?:neurons?|cells?|units)(?<sets>\\s*\\{.*)?`, "population e = lif(800)", ({ head = "", sets = "" }, _declared, { tokens }) => {
    const [only, ...more] = tokens.flatMap((t, k) => (t.tokenType === Neuron ? [tokens[k + 1]?.image ?? ""] : []));
    return only === undefined || more.length > 0 || /\s(?:neurons?|cells?|units)$/u.test(only) ? null : `${head} ${only}${sets}`;
  }),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?<n>\\d+)\\s*[*×]\\s*(?<source>(?:poisson|spikes)\\s*\\(.*)`, "population e = lif(800)", ({ x = "", n = "", source = "" }) => `population ${x} = ${n} ${source}`),
  line("network", `(?:source|generator|stimulus|input)\\s+(?<x>${N})\\s*=\\s*(?<source>\\d+\\s+(?:poisson|spikes)\\s*\\(.*)`, "population e = lif(800)", ({ x = "", source = "" }) => `population ${x} = ${source}`),
  line("network", `poisson\\s+(?<x>${N})\\s*=\\s*(?<n>\\d+)\\s*(?:at|of|,|with)?\\s*(?:rate\\s*[=:]?\\s*)?(?<rate>[\\d.]+\\s*\\p{L}*Hz)`, "rates:", ({ x = "", n = "", rate = "" }) => `population ${x} = ${n} poisson(${rate})`),
  line("network", "connect\\s+(?:poisson|spikes)\\s*\\(.*", "connect poisson(…) -> e", () => null),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?<n>\\d+)\\s+(?:[Pp]oisson\\w*|SpikeSourcePoisson)\\s*\\{\\s*(?:rates?|freq\\w*)\\s*[=:]\\s*(?<rate>[^{},;]+?)\\s*\\}`, "rates:", ({ x = "", n = "", rate = "" }) => `population ${x} = ${n} poisson(${rate.replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ")})`),
  line("network", `population\\s+(?<all>${N}\\s*=\\s*\\w+\\s+${N}(?:\\s*,\\s*(?:population\\s+)?${N}\\s*=\\s*\\w+\\s+${N})+)`, "population e = …, i = …", ({ all = "" }) => /=\s*\d+\s+(?:[pnuµm]A|mV|nS|pF|ms)(?![\p{L}\p{N}_])/u.test(all) ? undefined : all.split(",").map((one) => `population ${one.trim().replace(/^population\s+/u, "")}`).join("\n")),
  line("network", `connect\\s+(?<s>${N})\\s*:\\s*(?<ends>${N}\\s*->\\s*${N}(?:\\s*,\\s*${N})*)(?<rest>\\s.*)?`, "connect(e, i)", ({ s = "", ends = "", rest = "" }) => (/\bby\b/u.test(rest) ? null : `connect ${ends} by ${s}${rest}`)),
  line("network", `connect\\s+(?<a>${N})\\s*<->\\s*(?<b>${N})(?<rest>\\s+by\\s+${N}(?:\\s*\\{[^{}]*\\}\\s*\\S|\\s+[^\\s{]).*)`, "a <-> b", ({ a = "", b = "", rest = "" }) => `connect ${a} -> ${b}${rest}\nconnect ${b} -> ${a}${rest}`),
  line("network", `connect\\s+(?<b>${N})\\s*<-\\s*(?<a>${N})(?<rest>\\s.*)`, "a <-> b", ({ a = "", b = "", rest = "" }) => `connect ${a} -> ${b}${rest}`),
  line("network", `connect\\s+(?<a>${N})\\s*,\\s*(?<b>${N})(?<rest>\\s+by\\b.*)`, "connect(e, i)", ({ a = "", b = "", rest = "" }) => `connect ${a} -> ${b}${rest}`),
  line("network", "(?<head>connect\\b[^{}]*)\\{\\s*(?<sets>[^{}]*?)\\s*\\}\\s*delay\\s*[=:]?\\s*(?<delay>[\\d.]+\\s*\\p{L}+)\\s+(?<rule>\\S.*)", "rule delay 1 ms", ({ head = "", sets = "", rule = "", delay = "" }) => `${head}{ ${sets === "" ? "" : `${sets}, `}delay = ${delay} } ${rule}`),
  line("network", `(?<head>connect\\b.*?[\\s}])(?:with\\s+)?probability\\s*[=:]?\\s*(?<p>${N})`, "p = 0.1", ({ head = "", p = "" }) => `${head}random(p: ${p})`),
  line("network", `(?<head>connect\\b.*?[\\s}])(?:random\\s+(?:p\\s*)?[=:]?|(?:with\\s+)?(?:probability|prob|p)\\s*[=:]?)\\s*(?<p>[\\d.]+)`, "p = 0.1", ({ head = "", p = "" }) => `${head}random(p: ${p})`),
  line("network", "(?<head>connect\\b.*?)\\s*,?\\s*(?:no|without|exclude)\\s+(?:self|autapses|self[-_ ]?connections?)", "no self", ({ head = "" }) => head),
  line("network", `(?:synapses?|link|wire|join)\\s+(?<rest>${N}[^{}]*->.*)`, "connect(e, i)", ({ rest = "" }) => `connect ${rest}`),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*[\\p{L}\\p{N}_]+\\s+${N})(?:\\s+with\\s+|\\s*,\\s*)(?<sets>${N}\\s*[=~][^{}]+)`, "lif(x = 1)", ({ head = "", sets = "" }) => `${head} { ${sets} }`),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?<n>\\d+)\\s*(?:×\\s*|x\\s+)(?<m>${N}\\b.*)`, "population e = lif(800)", ({ x = "", n = "", m = "" }) => `population ${x} = ${n} ${m}`),
  line("network", `(?<n>\\d+)\\s+(?<m>${N})\\s+as\\s+(?<x>${N})`, "population e = lif(800)", ({ n = "", m = "", x = "" }) => `population ${x} = ${n} ${m}`),
  line("network", `populations\\s+(?<rest>${N}\\s*=.*)`, "population e = lif(800)", ({ rest = "" }) => `population ${rest}`),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?<m>\\p{Lu}${N})(?<sets>\\s*\\{[^{}]*\\})?`, "population e = lif(800)", ({ x = "", m = "", sets = "" }, declared) => (declared.has(m) ? undefined : `population ${x} = 1 ${m}${sets}`)),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*(?:\\d+\\s+)?poisson)\\s+(?:(?:at|of|with|rate)\\s+)*[=:]?\\s*(?<rate>[\\d.]+\\s*\\p{L}*Hz)`, "rates:", ({ head = "", rate = "" }) => `${head}(${rate})`),
  line("network", `population\\s+(?<x>${N})\\s*=\\s*(?:(?<n>\\d+)\\s+(?!poisson\\b))?(?:(?:PoissonGroup|PoissonInput|poisson_generator|SpikeSourcePoisson)\\s*\\(\\s*(?:(?:N\\s*=\\s*)?(?<k>\\d+)\\s*,\\s*)?|poisson\\s*\\(\\s*(?<m>\\d+)\\s*,\\s*)(?:rates?|freq)?\\s*[=:]?\\s*(?<rate>[\\d.]+)\\s*\\*?\\s*(?<unit>\\p{L}*Hz)\\s*\\)`, "rates:", ({ x = "", n, k, m, rate = "", unit = "" }) => `population ${x} = ${n ?? k ?? m ?? "1"} poisson(${rate} ${unit})`),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*(?:\\d+\\s+)?spikes\\s*)\\(\\s*(?<times>[\\d.]+\\s*m?s(?:\\s*,\\s*[\\d.]+\\s*m?s)+)\\s*\\)`, "spikes(10 ms, 20 ms)", ({ head = "", times = "" }) => `${head}([${times}])`),
  line("network", `(?<head>population\\s+${N}\\s*=\\s*(?:\\d+\\s+)?(?!poisson\\b|spikes\\b)${N})\\s*\\((?<sets>\\s*${N}\\s*[=:~].*)\\)`, "lif(x = 1)", ({ head = "", sets = "" }) => `${head} { ${sets.trim().replace(/(?<=[\p{L}\p{N}_])\s*:\s*/gu, " = ")} }`),
  line("network", `(?<head>connect\\b[^{}()]*\\bby\\s+${N}(?:\\s+as\\s+${N})?)\\s*\\((?<sets>\\s*${N}\\s*=[^{}]*?)\\)(?<alias>\\s+as\\s+${N})?\\s*(?<rule>[^{}]*)`, "lif(x = 1)", ({ head = "", sets = "", alias = "", rule = "" }) => `${head}${alias} { ${sets.trim()} } ${rule}`.trimEnd()),
  line("network", "(?<head>connect\\b[^{}]*)\\{\\s*(?<sets>[^{}]*?)\\s*\\}\\s*(?<rule>.+?),?\\s+(?:with\\s+)?(?:a\\s+)?delay\\s*(?:of\\s+|[=:])?\\s*(?<delay>[\\d.]+\\s*\\p{L}+)", "rule delay 1 ms", ({ head = "", sets = "", rule = "", delay = "" }) => `${head}{ ${sets === "" ? "" : `${sets}, `}delay = ${delay} } ${rule}`),
  line("network", "(?<head>connect\\b[^{}]*)\\{\\s*(?<sets>[^{}]*?)\\s*,?\\s*\\b(?:p|probability)\\s*[=:]\\s*(?<p>[\\d.]+)\\s*\\}", "{ p = 0.1 }", ({ head = "", sets = "", p = "" }, declared) => (declared.has("p") ? undefined : `${head}{ ${sets} } random(p: ${p})`)),
  line("network", "(?<head>connect\\b.*\\ballow\\s+(?:self|multiple))\\s*[=:]\\s*(?:true|yes|1)", "allow self = true", ({ head = "" }) => head),
  line("network", `(?<head>connect\\b[^{}()]*\\bby\\s+${N}(?:\\s+as\\s+${N})?)\\s+(?<rule>(?!as\\b)${N}(?:\\([^(){}]*\\))?)\\s*(?<sets>\\{[^{}]*\\})`, "rule {}", ({ head = "", rule = "", sets = "" }) => `${head} ${sets} ${rule}`),
  line("network", `(?<head>connect\\s[^{}]*?\\[\\s*\\d+)\\s*:\\s*(?<b>\\d+)(?<rest>\\s*\\].*)`, "e[0:5]", ({ head = "", b = "", rest = "" }) => (Number(b) < 1 ? undefined : `${head}..${Number(b) - 1}${rest}`)),
  line("network", `(?<head>.*\\bpoisson)\\s*\\(\\s*(?:rate\\s*[:=]\\s*)?(?<rate>[\\d.]+\\s*[kM]?Hz)\\s*,\\s*(?<parts>(?:start|from|stop|to|end|until)\\s*[:=].*)\\)`, "poisson(start:)", ({ head = "", rate = "", parts = "" }) => `${head}(pulse(${rate}, ${parts.replace(/\bstart\s*[:=]\s*|\bfrom\s*[:=]\s*/gu, "from: ").replace(/\b(?:stop|to|end|until)\s*[:=]\s*/gu, "to: ")}))`),
  line("network", `(?<head>.*\\bspikes\\s*\\(\\s*)\\[\\s*(?<times>[\\d.]+(?:\\s+[\\d.]+)+)\\s*\\](?<rest>.*)`, "[10 20]", ({ head = "", times = "", rest = "" }) => `${head}[${times.trim().split(/\s+/u).join(", ")}]${rest}`),
  line("network", `(?!connect\\b.*=>)(?:connect\\s+)?(?<a>${N}(?:\\[[^\\[\\]]*\\])?)\\s*(?:-{2,}>|=>)\\s*(?<rest>${N}.*)`, "connect(e, i)", ({ a = "", rest = "" }) => `connect ${a} -> ${rest}`),
  line("network", `connect\\s*\\(\\s*(?<a>${N})\\s*,\\s*(?<b>${N})\\s*,\\s*(?<s>${N})\\s*,\\s*(?<sets>[^()]*=[^()]*?)\\s*\\)\\s*(?<rule>\\S.*)`, "connect(e, i)", ({ a = "", b = "", s = "", sets = "", rule = "" }) => `connect ${a} -> ${b} by ${s} { ${sets} } ${rule}`),
  line("network", `(?<head>connect\\s+(?<e>${N})\\[\\s*(?<a>\\d+)\\s*)(?::|\\.\\.)(?<rest>\\s*\\].*)`, "e[0:5]", ({ head = "", e = "", rest = "" }, _declared, { source }) => {
    const size = new RegExp(`\\bpopulation\\s+${e}\\s*=\\s*(\\d+)\\s`, "u").exec(source.text)?.[1];
    return size === undefined ? null : `${head.trimEnd()}..${Number(size) - 1}${rest}`;
  }),
  line("network", `population\\s+(?<x>${N})\\s*\\(\\s*(?<n>\\d+)\\s*\\)\\s*=\\s*(?<m>${N}.*)`, "population e = lif(800)", ({ x = "", n = "", m = "" }) => `population ${x} = ${n} ${m}`),
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
  line("settings", `(?<x>${N})\\s*=\\s*(?<list>\\[[^\\[\\]=]*,[^\\[\\]=]*\\])\\s*\\*\\s*(?<unit>\\p{L}\\S*)`, "c = [90, 100]*pf", ({ x = "", list = "", unit = "" }, _declared, { tokens }, i) => (isOfPopulation(tokens, i) && "unit" in parseUnit(unit) ? `${x} = ${list} ${unit}` : undefined)),
]; // prettier-ignore

/** Whether the braces around are those of a population. */
function isOfPopulation(tokens: readonly Token[], i: number): boolean {
  let k = i;
  while (k >= 0 && tokens[k]?.tokenType !== LBrace) k--;
  while (k >= 0 && !startsStatement(tokens, k)) k--;
  return tokens[k]?.tokenType === Population;
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
  const scaled =
    /^(?<a>\S+)\s*\+\s*(?:rand\(\s*\)\s*\*\s*\((?<b>\S+)\s*-\s*\k<a>\)|\((?<c>\S+)\s*-\s*\k<a>\)\s*\*\s*rand\(\s*\))$/u.exec(
      value.trim(),
    )?.groups;
  if (scaled !== undefined) return `uniform(${scaled["a"] ?? ""}, ${scaled["b"] ?? scaled["c"] ?? ""})`;
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
