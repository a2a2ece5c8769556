// What people bring along from other simulators and languages: how it is written there, and what to write here. The messages, the page "Coming from …" of the
// reference and the tests are made from this one table.

import type { Method } from "../methods/method.ts";
import { isAdaptiveName, methodNames, METHODS } from "../methods/methods.ts";
import { DISTRIBUTIONS } from "../runtime/distributions.ts";
import type { Distribution } from "../runtime/distributions/distribution.ts";
import { isRule, RULES, ruleUsage } from "../runtime/rules.ts";
import type { RuleDeclaration } from "../runtime/rules/rule.ts";
import type { Shape } from "../stimuli/shape.ts";
import { SHAPES } from "../stimuli/shapes.ts";

/** Where it is met: as a function that is called, as a name, as the first word of a statement, or as a way of writing. */
export type Where = "function" | "name" | "statement" | "form";

export interface Habit {
  /** The word, or a name of the form; further spellings behind it. In lower case, since nobody agrees on capitals. */
  readonly words: readonly string[];
  readonly where: Where;
  readonly from: string;
  /** The help: what to write. */
  readonly say: string;
  /** Of a function, how the call is written with its arguments $1, $2, …; of a name or a statement's word, what to read instead. Empty where that depends. */
  readonly instead: string;
  /** What the example is part of, as snippets of the reference are. */
  readonly home: "member" | "experiment" | "network" | "synapse" | "file" | "host";
  readonly written: string;
  /** What becomes of `written`: by the fix where there is one, and in order. */
  readonly mended: string;
}

const rules: readonly (readonly [string, RuleDeclaration])[] = Object.entries(RULES);
const distributions: readonly (readonly [string, Distribution])[] = Object.entries(DISTRIBUTIONS);

const METHOD_FORMS = `the methods are ${methodNames()
  .map((m) => `\`${m}\``)
  .join(", ")}`;

const RULE_FORMS = `the rules are ${rules
  .flatMap(([name]) => (isRule(name) && name !== "file" ? [`\`${ruleUsage(name)}\``] : []))
  .join(", ")}`;
const DISTRIBUTION_FORMS = `the distributions are ${distributions
  .filter(([, { counts }]) => !counts)
  .map(([name, { arguments: taken }]) => `\`${name}(${taken.map((a) => a.name).join(", ")})\``)
  .join(", ")}`;

type Row = readonly [
  words: string,
  from: string,
  say: string,
  instead: string,
  written: string,
  mended: string,
  home?: Habit["home"],
];

const PARAMETER = "write each parameter as a statement of its own: `param C = 58.7 pF`";
const STATE = "write each state with its initial value as a statement of its own: `state V = E_L`";
const EQUATION = "write each equation as a statement of its own: `V' = …`";
const SPIKE = "write `spike when V > Θ`";
const LET = "write each named expression as a statement of its own: `let Θ = Θ_inf + Θ_s`";
const CONNECT = "write `connect E -> I by SYNAPSE { w = 1 nS } random(p: 0.1)`";
const DURATION = "write `duration 1 s`";
const STEP = "write `step 0.1 ms`";
const RECORD = "write `record V`";
const INPUT = "an input adds up by itself: write `input I_e : pA`";
const SETTING = "what is set is written with its name: `I_e = 300 pA`";
const NEURON = "write `neuron NAME { … }`";
const DRAWN =
  "a value for each neuron is drawn where it is set, `V ~ uniform(-70 mV, -50 mV)`; spikes at random are `spike with rate ρ`";

const FUNCTIONS: readonly Row[] = [
  ["ln", "MATLAB, papers", "the natural logarithm is `log(x)`", "log($1)", "let y = ln(2)", "let y = log(2)"],
  ["log2", "Python, MATLAB", "write `log(x)/log(2)`", "(log($1)/log(2))", "let y = log2(8)", "let y = (log(8)/log(2))"],
  ["heaviside heav theta θ h", "XPP, MATLAB, Python, papers", "it is `step(x)`, 1 from x = 0 on", "step($1)", "let y = heaviside(t - 5 ms)", "let y = step(t - 5 ms)"],
  ["pow power", "C, MATLAB, Brian2", "a power is written `x^n`", "$1^$2", "let y = pow(V/E_L, 3)", "let y = (V/E_L)^3"],
  ["fabs", "C, NEURON", "it is `abs(x)`", "abs($1)", "let y = fabs(V)", "let y = abs(V)"],
  ["bernoulli", "Julia, NumPyro", "it is `binomial(1, p)`", "binomial(1, $1)", "on V > E_L { let u ~ bernoulli(0.5); V <- u*V_th }", "on V > E_L { let u ~ binomial(1, 0.5); V <- u*V_th }"],
  ["sgn signum", "MATLAB, XPP", "it is `sign(x)`", "sign($1)", "let y = sgn(V)", "let y = sign(V)"],
  ["clip", "Brian2, Python", "it is `clamp(x, low, high)`", "clamp($1, $2, $3)", "let y = clip(V, E_L, V_th)", "let y = clamp(V, E_L, V_th)"],
  ["maximum fmax", "Python, C", "it is `max(a, b)`", "max($1, $2)", "let y = maximum(V, E_L)", "let y = max(V, E_L)"],
  ["minimum fmin", "Python, C", "it is `min(a, b)`", "min($1, $2)", "let y = minimum(V, E_L)", "let y = min(V, E_L)"],
  ["int", "Brian2, Python", "a condition becomes a number by `if c then 1 else 0`", "(if $1 then 1 else 0)", "let y = int(V > E_L)", "let y = (if V > E_L then 1 else 0)"],
  ["where ifelse iff cond", "Python, MATLAB", "write `if c then a else b`", "(if $1 then $2 else $3)", "let y = where(V > E_L, 1, 0)", "let y = (if V > E_L then 1 else 0)"],
  ["fmod rem", "MATLAB, C", "write `mod(a, b)`, which has the sign of b", "mod($1, $2)", "let y = fmod(V, E_L)", "let y = mod(V, E_L)"],
  ["vtrap linoid", "NEURON", "write `y/exprel(x/y)`, which is finite at x = 0", "($2/exprel($1/$2))", "let y = vtrap(V - E_L, V_th)", "let y = (V_th/exprel((V - E_L)/V_th))"],
  ["efun", "NEURON", "write `1/exprel(x)`, which is finite at x = 0", "(1/exprel($1))", "let y = efun(V/E_L)", "let y = (1/exprel(V/E_L))"],
  ["arctan", "Python", "it is `atan(x)`", "atan($1)", "let y = arctan(V/E_L)", "let y = atan(V/E_L)"],
  ["arcsin", "Python", "it is `asin(x)`", "asin($1)", "let y = arcsin(0.5)", "let y = asin(0.5)"],
  ["arccos", "Python", "it is `acos(x)`", "acos($1)", "let y = arccos(0.5)", "let y = acos(0.5)"],
  ["sigmoid logistic expit", "Python", "write `1/(1 + exp(-x))`", "(1/(1 + exp(-$1)))", "let y = sigmoid(V/E_L)", "let y = (1/(1 + exp(-(V/E_L))))"],
  ["relu", "Python", "write `max(x, 0)`", "max($1, 0)", "let y = relu(V)", "let y = max(V, 0)"],
  ["square", "Python", "a power is written `x^2`", "$1^2", "let y = square(V)", "let y = V^2"],
  ["rand random ran random_uniform", "Brian2, XPP, NESTML, MATLAB", DRAWN, "", "spike when rand() < 0.1", "spike with rate 1 Hz"],
  ["randn random_normal normalvariate", "Brian2, NESTML, MATLAB", "white noise is `ξ`: `σ*sqrt(2/τ)*ξ`; a value for each neuron is drawn where it is set, `V ~ normal(-60 mV, 5 mV)`", "", "I_e += 20 pA*randn()", "I_e += 20 pA*sqrt(ms)*ξ"],
  ["timedarray", "Brian2", "values in time are `steps(0 ms: 0 pA, 10 ms: 100 pA)`, or `file(\"stimulus.csv\")`", "", "I_e = TimedArray([0, 100] pA, 10 ms)", "I_e = steps(0 ms: 0 pA, 10 ms: 100 pA)", "experiment"],
  ["iclamp step_current_generator dc_generator", "NEURON, NEST", "a current is given by `pulse(300 pA, from: 10 ms, to: 80 ms)` or `steps(…)`", "", "I_e = IClamp(300 pA)", "I_e = pulse(300 pA, from: 10 ms, to: 80 ms)", "experiment"],
  ["delta dirac δ", "papers", "what an arriving spike does stands in the synapse: `on pre { g <- g + w }`", "", "I_e += 5 pA*delta(t)", "I_e += 5 pA"],
  ["pulse_train pulsetrain squarewave square_wave", "MATLAB, NEURON", "pulses that repeat themselves are `pulses(300 pA, every: 20 ms, width: 2 ms)`", "", "I_e = pulse_train(300 pA, 20 ms)", "I_e = pulses(300 pA, every: 20 ms, width: 2 ms)", "experiment"],
  ["exp2", "Python", "a power is written `x^n`", "2^$1", "let y = exp2(3)", "let y = 2^3"],
  ["exp10", "MATLAB", "a power is written `x^n`", "10^$1", "let y = exp10(3)", "let y = 10^3"],
  ["cbrt", "C, Python", "a root is a power: `x^(1/3)`", "$1^(1/3)", "let y = cbrt(8)", "let y = 8^(1/3)"],
  ["hypot", "C, Python, MATLAB", "write `sqrt(a^2 + b^2)`", "sqrt($1^2 + $2^2)", "let y = hypot(V, E_L)", "let y = sqrt(V^2 + E_L^2)"],
  ["sech", "MATLAB, XPP", "write `1/cosh(x)`", "(1/cosh($1))", "let y = sech(V/E_L)", "let y = (1/cosh(V/E_L))"],
  ["softplus", "Python", "write `log(1 + exp(x))`", "log(1 + exp($1))", "let y = softplus(V/E_L)", "let y = log(1 + exp(V/E_L))"],
  ["dot inner", "Python, MATLAB", "write `sum(x*y)`", "sum($1*$2)", "index k = 1..2\n  param x[k] = [1, 2] pA\n  I_e += dot(x, x)/(1 pA)", "index k = 1..2\n  param x[k] = [1, 2] pA\n  I_e += sum(x*x)/(1 pA)"],
  ["delay lag delayed", "XPP, papers", "a state as it was is read as `x(t - T)`; what comes late from another neuron comes by the `delay` of a connection", "$1(t - $2)", "let y = delay(V, 5 ms)", "let y = V(t - (5 ms))"],
  ["diff deriv derivative gradient", "Python, MATLAB", "a derivative is the right side of an equation: name that, `let f = …`, `V' = f`, and read `f`", "", "let y = diff(V)", "let y = (I_e - G*(V - E_L))/C"],
  ["integral integrate cumsum trapz quad", "Python, MATLAB", "an integral over time is a state: `state Q = 0`, `Q' = I_e`", "", "let y = integral(V)", "state Q = 0\n  Q' = I_e"],
  ["mean avg average movmean", "Python, MATLAB", "a running mean is a state: `state m = E_L`, `m' = (V - m)/τ`; over neurons and over a run, means are measures of comparisons and sweeps", "", "let y = mean(V)", "state m = E_L\n  m' = (V - m)/t_ref"],
  ["ou ornsteinuhlenbeck ornstein_uhlenbeck ou_process", "papers, NEST", "noise with a memory is a state: `state x = 0 pA`, `x' = -x/τ + σ*sqrt(2/τ)*ξ`", "", "let y = ou(0 pA, 50 pA, 5 ms)", "state x = 0 pA\n  x' = -x/t_ref + 50 pA*sqrt(2/t_ref)*ξ"],
  ["linspace arange logspace zeros ones", "Python, MATLAB", "a list is written out, `[1, 2, 3] pA`, or by its index: `param x[k] = 1 pA*k`", "", "let y = linspace(1, 2, 3)", "let y = 1"],
  ["convolve", "NESTML", "what spikes do to a neuron stands in a `synapse`: `g' = -g/τ`, `on pre { g <- g + w }`", "", "I_e += convolve(G, V)", "I_e += G*(E_L - V)"],
]; // prettier-ignore

const NAMES: readonly Row[] = [
  ["true", "Python, C", "a condition is no value; a switch is a number: `1`", "1", "param on_ = True", "param on_ = 1"],
  ["false", "Python, C", "a condition is no value; a switch is a number: `0`", "0", "param on_ = False", "param on_ = 0"],
  ["not_refractory", "Brian2", "what stands still is held: `refractory t_ref { hold V }`", "", "let y = if not_refractory then 1 else 0", "refractory t_ref { hold V }"],
  ["lastspike t_spike", "Brian2", "keep it in a state: `state t_last = -1 s`, `reset { t_last <- t }`", "", "let y = t - lastspike", "state t_last = -1 s"],
  ["t_pre t_post", "papers", "what a spike does stands in a synapse: `on pre { g <- g + w }`; its time is kept in a state: `state t_last = -1 s`, `on pre { t_last <- t }`", "", "let y = t - t_pre", "state t_last = -1 s"],
  ["pi m_pi", "C, Mathematica", "the number π is `π` or `pi`", "π", "let y = 2*M_PI", "let y = 2*π"],
  ["dw", "papers", "white noise is `ξ`: `σ*sqrt(2/τ)*ξ`", "ξ", "I_e += (20 pA*sqrt(ms))*dW", "I_e += (20 pA*sqrt(ms))*ξ"],
  ["xi_1 xi_2 xi_v xi_e xi_i", "Brian2", "white noise is `ξ`, each one another; one that several equations share is declared: `noise xi_1`", "ξ", "I_e += (20 pA*sqrt(ms))*xi_1", "I_e += (20 pA*sqrt(ms))*ξ"],
  ["firing_rate spike_rate", "Brian2, NEST", "spikes are recorded, `record spikes`; a run tells the mean rate of each population, and `rate` is a measure of comparisons and sweeps", "", "record firing_rate", "record spikes", "experiment"],
  ["inf infinity", "Python, MATLAB", "numbers are finite: leave the bound out, or write one that is never reached", "", "let y = min(V, inf)", "let y = V"],
  ["nan", "Python, MATLAB", "every value is a number: write the one that it has, such as `0`", "", "let y = nan", "let y = 0"],
  ["time", "MATLAB", "the time is `t`", "t", "let y = time/t_ref", "let y = t/t_ref"],
]; // prettier-ignore

const STATEMENTS: readonly Row[] = [
  ["parameters", "NESTML, NEURON", PARAMETER, "", "parameters { g_x = 10 nS }", "param g_x = 10 nS"],
  ["parameter par params real float double", "NEURON, XPP, NESTML", PARAMETER, "param", "par g_x = 10 nS", "param g_x = 10 nS"],
  ["constants", "NEURON", PARAMETER, "", "constants { g_x = 10 nS }", "const g_x = 10 nS"],
  ["constant", "NEURON", PARAMETER, "const", "constant g_x = 10 nS", "const g_x = 10 nS"],
  ["number", "XPP", PARAMETER, "param", "number g_x = 10 nS", "param g_x = 10 nS"],
  ["state states initial initial_values init variables", "NESTML, NEURON, XPP", STATE, "", "initial { x = -65 mV }", "state x = -65 mV"],
  ["assigned", "NEURON", "what is computed is named by `let x = …`, what comes from outside is `input I_e : pA`, and neither is listed", "", "ASSIGNED { ica (mA/cm2) }", ""],
  ["variable var", "Python, C", STATE, "state", "var x = -65 mV", "state x = -65 mV"],
  ["equations equation derivative breakpoint dynamics integrate_odes solve kinetic", "Brian2, NESTML, NEURON", EQUATION, "", "equations { inline y real = V/E_L }", "let y : 1 = V/E_L"],
  ["update", "NESTML", EQUATION, "", "update { integrate_odes() }", ""],
  ["procedure", "NEURON", "what it computes is named by `let`, and always up to date; what is called is `function f(x) = …`", "", "procedure rates(v) { x = V/E_L }", "let x = V/E_L"],
  ["def func fun", "Python", "write `function f(x) = …`", "function", "def f(x) = 2*x", "function f(x) = 2*x"],
  ["internals aliases", "NESTML", LET, "", "internals { a ms = 3*t_ref }", "let a : ms = 3*t_ref"],
  ["inline aux", "NESTML, XPP", LET, "let", "aux y = V/E_L", "let y = V/E_L"],
  ["kernel", "NESTML", "what a spike does stands in a `synapse`: `g' = -g/τ`, `on pre { g <- g + w }`", "", "kernel g = exp(-t/t_ref)", "let y = exp(-t/t_ref)"],
  ["threshold oncondition emit_spike when", "Brian2, NESTML", SPIKE, "", "threshold V - V_th", "spike when V > V_th"],
  ["wiener", "XPP", "white noise is `ξ`: `σ*sqrt(2/τ)*ξ`", "", "wiener w_n", ""],
  ["output outputs", "NESTML", "a neuron that spikes needs no output: write `spike when V > Θ`", "", "output: spike", ""],
  ["net_receive onreceive", "NEURON, NESTML", `in a synapse, what an arriving spike does is \`on pre { g <- g + w }\`; in a neuron, ${INPUT}`, "", "net_receive { g = g + w }", "input I_2 : pA"],
  ["nonspecific_current", "NEURON", "what a channel gives to its neuron is a contribution to an input: `I_e += -g*(V - E)`", "", "NONSPECIFIC_CURRENT i", "I_e += -G*(V - E_L)"],
  ["global range usei useion suffix", "NEURON", "every name of a model can be set and recorded: nothing is said of that", "", "global g_x", "param g_x = 1 nS"],
  ["neuron_model cell neurongroup class", "NEST, NEURON, Brian2", NEURON, "neuron", "cell A { state V = 0 mV }", "neuron A { state V = 0 mV }", "file"],
  ["model", "NESTML", NEURON, "neuron", "model A { state V = 0 mV }", "neuron A { state V = 0 mV }", "file"],
  ["compare compares", "Python", "write `comparison NAME { models A, B; under X }`", "comparison", "experiment X of LIF { duration 1 ms }\ncompare Y { models LIF, LIF { C = 90 pF }\n under X }", "experiment X of LIF { duration 1 ms }\ncomparison Y { models LIF, LIF { C = 90 pF }\n under X }", "file"],
  ["channel", "NEURON", "write `mechanism NAME { … }`", "mechanism", "channel A { state m = 0.1 }", "mechanism A { state m = 0.1 }", "file"],
  ["synapse_model synapses", "NEST, Brian2", "write `synapse NAME { … }`", "synapse", "synapse_model S { weight w : nS }", "synapse S { weight w : nS }", "file"],
  ["net circuit", "NEST, Python", "write `network NAME { … }`", "network", "net A { population P = 8 LIF }", "network A { population P = 8 LIF }", "file"],
  ["include", "C, NEURON", "write `import LIF from \"lif.glif\"`", "import", "include LIF from \"lif.glif\"", "import LIF from \"lif.glif\"", "file"],
  ["group create populate", "Brian2, NEST", "write `population E = 800 LIF`", "population", "group { P, 8 }", "population P = 8 LIF", "network"],
  ["projection project connection", "PyNN, NEST", CONNECT, "connect", "projection E -> I by ExpConductance { w = 1 nS } all", "connect E -> I by ExpConductance { w = 1 nS } all", "network"],
  ["connections", "PyNN, NEST", CONNECT, "", "connections { E, I }", "connect E -> I by ExpConductance { w = 1 nS } all", "network"],
  ["weights", "PyNN", "write `weight w : nS`", "weight", "weights w : nS", "weight w : nS", "synapse"],
  ["monitor observe plot", "Brian2, XPP", RECORD, "record", "monitor V", "record V", "experiment"],
  ["statemonitor spikemonitor ratemonitor populationratemonitor recordables record_from multimeter voltmeter spike_recorder", "Brian2, NEST", "write `record V`, `record spikes`", "", "StateMonitor(G, \"V\")", "record V", "experiment"],
  ["run simulate tstop simtime", "Brian2, NEST, NEURON", DURATION, "duration", "run 100 ms", "duration 100 ms", "experiment"],
  ["repeat repeats trials ntrials n_trials runs n_runs", "NEST, Python", "a run is one trial: others have another seed, `glif run FILE --seed 2`, and a comparison takes several, `seeds 10`", "", "repeat 10", "seed 10", "experiment"],
  ["dt timestep resolution", "all", STEP, "step", "timestep 0.1 ms", "step 0.1 ms", "experiment"],
  ["simulation protocol", "NEST, NEURON", "write `experiment NAME of MODEL { … }`", "experiment", "simulation X of LIF { duration 1 ms }", "experiment X of LIF { duration 1 ms }", "file"],
  ["refractoriness refractory_period refrac absolute_refractory refractory_time dead_time", "NEST, papers", "write `refractory t_ref { hold V }`", "refractory", "refractory_period t_ref { hold V }", "refractory t_ref { hold V }"],
  ["insert", "NEURON", "a mechanism is used by its name: `use Kdr`", "use", "insert H", "use H", "host"],
  ["local", "NEURON", LET, "", "LOCAL x", "let x = 1"],
  ["units independent title unitsoff unitson", "NEURON", "a unit stands behind its number: `2 ms`", "", "UNITS { (mV) = (millivolt) }", ""],
  ["integrator solver", "NEURON, Brian2, XPP", "write `method rk4`", "method", "integrator rk4", "method rk4", "experiment"],
  ["rng_seed rngseed random_seed set_seed", "NEST, NEURON", "write `seed 42`", "seed", "rng_seed 42", "seed 42", "experiment"],
  ["set stimulus stim inject", "NEST, PyNN", SETTING, "", "stimulus I_e = 300 pA", "I_e = 300 pA", "experiment"],
  ["print return for while global_", "Python, C", "a model is declared, not executed: values are computed by `let`, changed by `reset` and `on`, and written out by `record`", "", "while V > E_L", "on V > E_L { V <- E_L }"],
]; // prettier-ignore

const FORMS: readonly Row[] = [
  ["#", "Python, NESTML", "a comment begins with `//`", "", "param g_x = 1 nS # leak", "param g_x = 1 nS // leak"],
  ["%", "MATLAB", "a comment begins with `//`", "", "param g_x = 1 nS % leak", "param g_x = 1 nS // leak"],
  ["! note", "XPP, Fortran", "a comment begins with `//`", "", "param g_x = 1 nS ! leak", "param g_x = 1 nS // leak"],
  ["; note", "Lisp, assembler", "a comment begins with `//`", "", "param g_x = 1 nS ; the leak", "param g_x = 1 nS // the leak"],
  ["comment endcomment", "NEURON", "a comment over several lines stands between `/*` and `*/`", "", "COMMENT a leak ENDCOMMENT param g_x = 1 nS", "/* a leak */ param g_x = 1 nS"],
  ["a .gt. b", "Fortran", "comparisons are written with `<`, `<=`, `>`, `>=`, `==` and `!=`, and joined by `and`, `or`", "", "let y = if V .gt. E_L then 1 else 0", "let y = if V > E_L then 1 else 0"],
  ["a mod b", "Pascal, papers", "write `a - b*floor(a/b)`", "", "let y = V mod E_L", "let y = (V - E_L*floor(V/E_L))"],
  ["sin x", "papers", "what a function takes stands in parentheses: `sin(x)`", "", "let y = exp V/E_L + 1", "let y = 1"],
  ["float(x)", "Python, C", "every number is one with decimals: the name alone stands for it, and a condition becomes a number by `if c then 1 else 0`", "", "let y = float(V)/E_L", "let y = V/E_L"],
  ["ms⁻¹", "papers", "per millisecond is the unit `/ms`, and powers are written `cm^2`", "", "param x = 0.5 ms⁻¹", "param x = 0.5 /ms"],
  ["40p", "SPICE", "a prefix alone is no unit: `40 pA`, `40 pF`", "", "I_e += 40p", "I_e += 40 pA"],
  ["80 neurons", "papers", "what is counted has no unit", "", "connect E -> I by ExpConductance { w = 1 nS } indegree(n: 2 neurons)", "connect E -> I by ExpConductance { w = 1 nS } indegree(n: 2)", "network"],
  ["float x = 1", "C, Python", "what changes in time is a `state`, what is constant a `param`, and a named expression begins with `let`", "", "double x = V/E_L", "let x = V/E_L"],
  ["!x = 1", "XPP", "a named expression begins with `let`", "", "!x = V/E_L", "let x = V/E_L"],
  ["as x", "Brian2, Python", "the name of a connection stands behind its synapse: `connect E -> I by SYNAPSE as exc`", "", "exc = connect E -> I by ExpConductance { w = 1 nS } all", "connect E -> I by ExpConductance as exc { w = 1 nS } all", "network"],
  ["sin(a, f)", "MATLAB, papers", "an oscillating stimulus is `sine(100 pA, frequency: 8 Hz)`", "", "I_e = sin(100 pA, 8 Hz)", "I_e = sine(100 pA, 8 Hz)", "experiment"],
  ["ramp(from: v)", "papers", "a ramp has two values and two times: `ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)`", "", "I_e = ramp(from: 0 pA, to: 200 pA)", "I_e = ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)", "experiment"],
  ["m = statemonitor(…)", "Brian2", "write `record V`, `record spikes`", "", "M = StateMonitor(LIF, [\"V\"], record=True)", "record V", "experiment"],
  ["where(c, a, b)", "Excel, MATLAB, Python", "a condition chooses with `if c then a else b`", "", "let y = if(V > E_L, 1, 0)", "let y = if V > E_L then 1 else 0"],
  ["eqs = …", "Brian2", "equations stand in the model without quotes, a statement each: `V' = …`", "", "eqs = '''\ndx/dt = -x/t_ref : volt\n'''\n  state x = 1 mV", "x' = -x/t_ref\n  state x = 1 mV"],
  ["run x of y", "Python, NEST", "write `experiment NAME of MODEL { … }`", "", "run X of LIF { duration 1 ms }", "experiment X of LIF { duration 1 ms }", "file"],
  ["1.0f", "C, C++", "a number has no letter behind it but its unit: `1.5`", "", "let y = 1.5f*V", "let y = 1.5*V"],
  ["x <- 0 y <- 1", "Python", "two assignments on a line are separated by `;`", "", "state k : 1 = 0\n  on V > E_L { k <- 0 V <- E_L }", "state k : 1 = 0\n  on V > E_L { k <- 0; V <- E_L }"],
  ["u = rand()", "Brian2, NESTML", "in the braces of an event a number is drawn under a name: `let u ~ uniform(0, 1)`", "", "on V > E_L { V <- V_th*rand() }", "on V > E_L { let u ~ uniform(0, 1); V <- V_th*u }"],
  ["a <-> b", "NEST, papers", "the source stands first, `connect SOURCE -> TARGET by SYNAPSE`; for both directions write two connections", "", "connect E <- I by ExpConductance { w = 1 nS } all", "connect I -> E by ExpConductance { w = 1 nS } all", "network"],
  ["quotes", "Python, word processors", "a text stands in double quotes: `\"lif.glif\"`", "", "import LIF from 'lif.glif'", "import LIF from \"lif.glif\"", "file"],
  ["c*dv/dt", "papers, XPP", "on the left stands the derivative alone: `V' = (…)/C`", "", "C*dV/dt = I_e - G*(V - E_L)", "V' = (I_e - G*(V - E_L))/C"],
  ["d(v)/dt", "XPP, Modelica", "a derivative is written `V'`", "", "d(V)/dt = (I_e - G*(V - E_L))/C", "V' = (I_e - G*(V - E_L))/C"],
  ["flags", "Brian2", "the unit of a state stands where it is declared, and what stands still after a spike is held: `refractory t_ref { hold V }`", "", "dV/dt = (I_e - G*(V - E_L))/C : volt (unless refractory)", "V' = (I_e - G*(V - E_L))/C"],
  ["v''", "NESTML, papers", "equations are of first order: the derivative is a state of its own", "", "state x = 1 mV\nx'' = -x/t_ref^2", "state x = 1 mV\nstate x_1 = 0\n  x' = x_1\n  x_1' = -x/t_ref^2"],
  ["a if c else b", "Python", "a condition chooses with `if c then a else b`", "", "let y = G if V > E_L else 0 nS", "let y = if V > E_L then G else 0 nS"],
  ["a if c", "Python", "a condition chooses with `if c then a else b`", "", "I_e = 300 pA if t > 5 ms", "I_e = if t > 5 ms then 300 pA else 0", "experiment"],
  ["c ? a : b", "C, NEURON", "a condition chooses with `if c then a else b`", "", "let y = V > E_L ? G : 0 nS", "let y = if V > E_L then G else 0 nS"],
  ["if c: a", "Python, NESTML", "in expressions: `if c then a else b`; for a spike: `spike when c` with `reset { … }`; for another event: `on c { … }`", "", "if V > E_L { V = V_th }", "on V > E_L { V <- V_th }"],
  ["2 (ms)", "NEURON", "a unit stands behind its number without parentheses: `2 ms`", "", "param x = 2 (ms)", "param x = 2 ms"],
  ["[1, 2]*pa", "Brian2", "the unit of a list stands directly behind it: `[1, 2] pA`", "", "index k = 1..2\n  param x[k] = [1, 2]*pA", "index k = 1..2\n  param x[k] = [1, 2] pA"],
  ["2,5", "many countries", "decimals are written with a point: `2.5`", "", "param x = 2,5 ms", "param x = 2.5 ms"],
  ["0.02 1/ms", "papers", "one per millisecond is the unit `/ms`: `0.02 /ms`", "", "param x = 0.02 1/ms", "param x = 0.02 /ms"],
  ["word =", "Brian2, Python", "the word is followed by its value, without `=` or `:`", "", "refractory = 2 ms", "refractory 2 ms"],
  ["threshold =", "Brian2", "a spike condition is written `spike when V > Θ`", "", "threshold = 'V > V_th'", "spike when V > V_th"],
  ["reset =", "Brian2", "what a spike assigns stands in braces: `reset { V <- E_L }`", "", "reset = 'V = E_L'", "reset { V <- E_L }"],
  ["noise =", "papers", "noise stands in an equation, with its strength: `V' = … + σ*sqrt(2/τ)*ξ`", "", "noise = 5 mV", "I_e += 5 pA*sqrt(ms)*ξ"],
  ["word:", "Python, NESTML", "what belongs together stands in braces, and a condition ends without a colon", "", "spike when V > V_th:", "spike when V > V_th"],
  ["x ms = 1 ms", "NESTML", "the unit of a declaration stands behind a colon: `param τ : ms = 10 ms`", "", "param x ms = 10 ms", "param x : ms = 10 ms"],
  ["x = 1 : ms", "Brian2", "the unit of a declaration stands behind its name: `state V : mV = E_L`", "", "state x = E_L : mV", "state x : mV = E_L"],
  ["x = 1 (constant)", "Brian2", "a `param` is constant anyway", "", "param x = 10 ms (constant)", "param x = 10 ms"],
  ["x = 'e'", "Brian2", "an expression stands without quotes", "", "I_e = '20*pA + 5*pA'", "I_e = 20 pA + 5 pA", "experiment"],
  ["x : second", "Brian2", "a parameter is declared with its word: `param τ : ms`", "", "tau : second (constant)", "param tau : s"],
  ["v(0) =", "XPP, papers", "the value at t = 0 stands where a state is declared: `state V = E_L`", "", "state x(0) = 3 mV", "state x = 3 mV"],
  ["x[3]", "MATLAB, Python", "several of one kind have an index: `index j = 1..3`, `state u[j] = 0 mV`", "", "state x[3] = 0 mV", "index j = 1..3\n  state x[j] = 0 mV"],
  ["p.i[0] =", "Brian2, Python", "a neuron's number stands behind its population: `E[0].I_e`", "", "LIF.I_e[0] = 300 pA", "LIF[0].I_e = 300 pA", "experiment"],
  ["x for i < 10", "papers", "neurons of a population are told apart by their number `i`", "", "LIF.I_e = 300 pA for i < 1", "LIF.I_e = if i < 1 then 300 pA else 0", "experiment"],
  ["p = 0.1", "Brian2", "which neurons are connected is a rule: `random(p: 0.1)`", "", "connect E -> I by ExpConductance { w = 1 nS } p = 0.1", "connect E -> I by ExpConductance { w = 1 nS } random(p: 0.1)", "network"],
  ["{ p = 0.1 }", "Brian2, NEST", "which neurons are connected is a rule behind the braces: `random(p: 0.1)`", "", "connect E -> I by ExpConductance { w = 1 nS, p = 0.1 }", "connect E -> I by ExpConductance { w = 1 nS } random(p: 0.1)", "network"],
  ["quoted word", "Python", "a word of the language stands without quotes: `method rk4`", "", "method \"rk4\"", "method rk4", "experiment"],
  ["defaultclock.dt", "Brian2", STEP, "", "defaultclock.dt = 0.1*ms", "step 0.1 ms", "experiment"],
  ["on spike", "Python, NEST", "what a spike does stands in `reset { … }`, and at a synapse in `on pre { … }`", "", "on spike { V <- E_L }", "reset { V <- E_L }"],
  ["spike when c { }", "NESTML, C", "what a spike assigns stands in `reset { V <- E_L }`", "", "spike when V > V_th { V = E_L }", "spike when V > V_th\n  reset { V <- E_L }"],
  ["refractory for", "NEST, papers", "the word is followed by the time: `refractory t_ref { hold V }`", "", "refractory for t_ref { hold V }", "refractory t_ref { hold V }"],
  ["refractory c", "Brian2", "a refractory period is a time: `refractory t_ref { hold V }`; a `spike when` without a `reset` spikes once, where its condition becomes true", "", "refractory V > V_th", "refractory t_ref { hold V }"],
  ["not refractory", "Brian2", "what stands still after a spike is held, and no spike follows meanwhile: `refractory t_ref { hold V }`", "", "refractory t_ref { hold V }\n  I_e += 300 pA if not refractory", "refractory t_ref { hold V }\n  I_e += 300 pA"],
  ["global 1 c {}", "XPP", "a spike and what it resets are `spike when V > Θ` and `reset { V <- E_L }`", "", "global 1 V-V_th {V=E_L}", "spike when V > V_th\n  reset { V <- E_L }"],
  ["oncondition(c):", "NESTML", "a spike and what it resets are `spike when V > Θ` and `reset { V <- E_L }`", "", "onCondition(V > V_th): V = E_L", "spike when V > V_th\n  reset { V <- E_L }"],
  ["onreceive(s):", "NESTML", "what an arriving spike does is `on pre { g <- g + w }`", "", "weight w = 1 nS\n  state g = 0 nS\n  g' = -g/(5 ms)\n  onReceive(spikes): g += w", "weight w = 1 nS\n  state g = 0 nS\n  g' = -g/(5 ms)\n  on pre { g <- g + w }", "synapse"],
  ["on pre after", "Brian2, NEST", "the delay belongs to the connection: `connect E -> I by SYNAPSE { delay = 1 ms } all`", "", "weight w = 1 nS\n  state g = 0 nS\n  g' = -g/(5 ms)\n  on pre { g <- g + w } after 1 ms", "weight w = 1 nS\n  state g = 0 nS\n  g' = -g/(5 ms)\n  on pre { g <- g + w }", "synapse"],
  ["emit_spike()", "NESTML", "the spike is told by `spike when`, and `reset` follows it", "", "on V > E_L { V <- E_L; emit_spike() }", "on V > E_L { V <- E_L }"],
  ["if c then x <- a", "Python, NESTML", "an assignment gives a value in any case: `x <- if c then a else x`", "", "on V > E_L { if t > 5 ms then V <- E_L }", "on V > E_L { V <- if t > 5 ms then E_L else V }"],
  ["refractory hold", "Brian2", "what stands still is named in braces: `refractory t_ref { hold V }`", "", "refractory t_ref hold V", "refractory t_ref { hold V }"],
  ["x -= y", "Python, C", "there is `+=` for inputs alone, and in a reset or an event `x <- x - y`", "", "I_e -= G*(V - E_L)", "I_e += -G*(V - E_L)"],
  ["v -> x", "R, papers", "an assignment is written with `<-`", "", "on V > E_L { V -> E_L }", "on V > E_L { V <- E_L }"],
  ["i(t)", "papers", "what changes in time is written by its name alone", "", "I_e(t) = 300 pA", "I_e = 300 pA", "experiment"],
  ["f(x) -> mv", "Python", "the unit of a function's value stands behind a colon: `function f(x) : mV = …`", "", "function f(x : mV) -> mV = 2*x", "function f(x : mV) : mV = 2*x"],
  ["f(x) { }", "C, NEURON", "a function is one expression: `function f(x) = …`", "", "function f(x) { return 2*x }", "function f(x) = 2*x"],
  ["t-ref", "CSS, Lisp", "a name has letters, digits and `_`; `-` subtracts", "", "param t-r = 2 ms", "param t_r = 2 ms"],
  ["x: 3", "Python, YAML", "a value is given with `=`", "", "param x: 3 mV", "param x = 3 mV"],
  ["a = 1 b = 2", "NEURON, XPP", "several declarations of one line are separated by commas", "", "param x = 1 mV y = 2 mV", "param x = 1 mV, y = 2 mV"],
  ["a b", "papers, Mathematica", "a product is written with `*`", "", "let y = (I_e - G V_th)/C", "let y = (I_e - G*V_th)/C"],
  ["a·b", "papers", "a product is written with `*`", "", "let y = G·V", "let y = G*V"],
  ["a.*b", "MATLAB", "the operators are `*`, `/` and `^`", "", "let y = G.*V", "let y = G*V"],
  ["exp[x]", "Mathematica", "the argument of a function stands in parentheses", "", "let y = exp[V/E_L]", "let y = exp(V/E_L)"],
  ["e^x", "papers", "the exponential is `exp(x)`", "", "let y = e^(V/E_L)", "let y = exp(V/E_L)"],
  ["0.02 per ms", "papers", "one per millisecond is the unit `/ms`", "", "param x = 0.02 per ms", "param x = 0.02 /ms"],
  ["µf cm^-2", "papers", "no spaces stand inside a unit: `1 µF/cm^2`", "", "param x = 1 µF cm^-2", "param x = 1 µF/cm^2"],
  ["table", "NEURON", "functions are computed where they are read, and nothing is tabulated", "", "TABLE inf FROM -100 TO 100 WITH 200", ""],
  ["function f(x (mv)) {}", "NEURON", "a function is one expression, its units behind colons: `function f(v : mV) : /ms = …`", "", "FUNCTION f(v (mV)) (mV) { f = 2*v }", "function f(v : mV) : mV = 2*v"],
  ["import *", "Python", "each model is imported by its name: `import LIF from \"lif.glif\"`", "", "import * from \"lif.glif\"", "", "host"],
  ["class cell:", "Python", "a model is a block in braces: `neuron LIF { … }`", "", "class Cell(Neuron):\n  state x = 1 mV", "neuron Cell {\n  state x = 1 mV\n}", "file"],
  ["on pre v_post += w", "Brian2", "what a spike changes at the other end is assigned there: `post.V <- post.V + w`", "", "weight w : mV\n  param V_r = -60 mV\n  on pre { V_post += w }", "weight w : mV\n  param V_r = -60 mV\n  on pre { post.V <- post.V + w }", "synapse"],
  ["reset i += a", "Brian2, NEST", "an input has no value that a spike could change: declare a state with its equation, give it to the input, `I_e += I_x`, and change the state here", "", "on V > V_th { I_e += 5 pA }", ""],
  ["state: … end", "NESTML", "glif has no sections: begin each statement with its word, `state x = …`", "", "state:\n    x mV = -70 mV\n  end", "state x : mV = -70 mV"],
  ["a: lif", "Python", "what is compared stands in one list, its label behind it: `models LIF as \"a\"`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  a: LIF\n  under X\n  measure rate\n}", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF as \"a\"\n  under X\n  measure rate\n}", "file"],
  ["\\dot v", "LaTeX", "an equation is written `V' = …`", "", "state x = 1 mV\n  \\dot{x} = \\frac{E_L - x}{t_ref}", "state x = 1 mV\n  x' = (E_L - x)/(t_ref)"],
  ["done", "XPP", "a file ends where it ends", "", "done", "", "file"],
  ["x/ms", "Brian2", "a unit belongs to a number: `x/(1 ms)`", "", "let y = V/ms", "let y = V/(1 ms)"],
  ["noise(a, b)", "papers", "noise is written with `ξ`: `300 pA + 50 pA*sqrt(ms)*ξ`", "", "I_e = noise(300 pA, 50 pA)", "I_e = 300 pA + 50 pA*sqrt(ms)*ξ", "experiment"],
  ["σ*noise", "papers", "white noise is `ξ`: `σ*sqrt(2/τ)*ξ`", "", "I_e += 20 pA*sqrt(ms)*noise", "I_e += 20 pA*sqrt(ms)*ξ"],
  ["x => y", "papers", "the comparisons are `<`, `<=`, `>` and `>=`", "", "spike when V => V_th", "spike when V >= V_th"],
  ["experiment x(y)", "Python", "an experiment names its subject: `experiment Step of LIF`", "", "experiment X(LIF) { duration 1 ms }", "experiment X of LIF { duration 1 ms }", "file"],
  ["synapse x(y)", "Python, C++", "what a model is made from stands behind `extends`: `neuron AdEx extends LIF`", "", "neuron A(LIF) { param x = 1 }", "neuron A extends LIF { param x = 1 }", "host"],
  ["population e = lif(800)", "Brian2, NEST, PyNN", "how many there are stands before the model: `population E = 800 LIF`", "", "population P = LIF(8)", "population P = 8 LIF", "network"],
  ["connect(e, i)", "NEST, PyNN", CONNECT, "", "connect(E, I) by ExpConductance { w = 1 nS } all", "connect E -> I by ExpConductance { w = 1 nS } all", "network"],
  ["e & i", "Python, MATLAB", "several sources or targets are separated by commas: `connect E -> E, I by …`", "", "connect E -> E & I by ExpConductance { w = 1 nS } all", "connect E -> E, I by ExpConductance { w = 1 nS } all", "network"],
  ["record v - e", "XPP, MATLAB", "what is recorded has a name: `let x = V - E_L` in the model, then `record x`", "", "record V - E_L", "record V", "experiment"],
  ["method e: euler", "Brian2", "a run has one method for all, `method rk4`; `auto` takes the fitting one for each part", "", "method LIF: euler", "method euler", "experiment"],
  ["x for a < t < b", "papers", "what lasts for a while is `pulse(300 pA, from: 10 ms, to: 40 ms)`", "", "I_e = 300 pA for 10 ms < t < 40 ms", "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "experiment"],
  ["normal(10, 1) ms", "Brian2", "each argument has its unit: `τ ~ normal(10 ms, 1 ms)`", "", "V ~ normal(-60, 5) mV", "V ~ normal(-60 mV, 5 mV)", "experiment"],
  ["lif(x = 1)", "NEST, PyNN, Python", "values are set in braces: `population E = 800 LIF { V_th = -48 mV }`", "", "population P = 8 LIF(V_th = -48 mV)", "population P = 8 LIF { V_th = -48 mV }", "network"],
  ["rule delay 1 ms", "PyNN", "the delay is set in the braces of the connection, before the rule: `{ w = 1 nS, delay = 1 ms } all`", "", "connect E -> I by ExpConductance { w = 1 nS } all delay 1 ms", "connect E -> I by ExpConductance { w = 1 nS, delay = 1 ms } all", "network"],
  ["allow self = true", "NEST, PyNN", "what is allowed is named: `allow self`", "", "connect E -> E by ExpConductance { w = 1 nS } all allow self = true", "connect E -> E by ExpConductance { w = 1 nS } all allow self", "network"],
  ["[10 20]", "MATLAB", "the elements of a list are separated by commas: `[10, 20] ms`", "", "population X = 1 spikes([10 20] ms)", "population X = 1 spikes([10, 20] ms)", "network"],
  ["1g", "papers", "a name begins with a letter: `G1`", "", "param 1G = 10 nS", "param G1 = 10 nS"],
  ["record v of e", "PyNN, papers", "what is recorded is written behind its population: `record E.V`, `record E.spikes`", "", "record V of LIF", "record LIF.V", "experiment"],
  ["record e[0, 1].v", "Python", "neurons that are recorded are a range, `E[0..2].V`, or several names: `E[0].V, E[5].V`", "", "record LIF[0, 0].V", "record LIF[0].V, LIF[0].V", "experiment"],
  ["record v(0.5)", "NEURON", "a neuron is a point: what is recorded is its name, `record V`", "", "record V(0.5)", "record V", "experiment"],
  ["init v = -65 mv", "NEURON, XPP", "what a state begins with in an experiment is set by its name: `V = -65 mV`", "", "init V = -65 mV", "V = -65 mV", "experiment"],
  ["e.x: 3", "Python, YAML", "a value is set with `=`: `LIF.C = 90 pF`", "", "LIF.C: 90 pF", "LIF.C = 90 pF", "experiment"],
  ["neurons 10", "NEST, Brian2", "how many neurons there are is said in a network, `network Net { population P = 10 LIF }`, which the experiment then is of", "", "neurons 10", "", "experiment"],
  ["linspace(a, b, n)", "Python, MATLAB", "values that go up from neuron to neuron are told by the neuron's number `i`, which begins with 0: `E.I_e = 100 pA + 200 pA*i/9`", "", "LIF.I_e = linspace(100 pA, 300 pA, 10)", "LIF.I_e = 100 pA + 200 pA*i/9", "experiment"],
  ["population e = …, i = …", "Python", "each population is a statement of its own: `population E = 80 LIF`", "", "population P = 8 LIF, Q = 2 LIF", "population P = 8 LIF\n  population Q = 2 LIF", "network"],
  ["reference \"cell.csv\"", "Python", "a text behind `reference` is a label; what was recorded is `reference recording(\"cell.csv\")`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y { models LIF\n under X\n measure van_rossum\n reference \"spikes.csv\" }", "experiment X of LIF { duration 10 ms }\ncomparison Y { models LIF\n under X\n measure van_rossum\n reference recording(\"spikes.csv\") }", "file"],
  ["1/16 ms", "papers", "a unit stands behind one number, so that `1/16 ms` is one per 16 ms: write `0.0625 ms`", "", "step 1/16 ms", "step 0.0625 ms", "experiment"],
  ["from lif import lif", "Python", "a model is imported by its name from a file in quotes: `import LIF from \"lif.glif\"`", "", "from lif import LIF", "import LIF from \"lif.glif\"", "file"],
  ["import brian2", "Python", "a model needs nothing of another tool: leave the line out", "", "from brian2 import *", "", "host"],
  ["i != j", "Brian2", "which neurons are connected is a rule, and of its pairs those that fulfil a condition: `all where i != j`", "", "connect E -> E by ExpConductance { w = 1 nS } i < j", "connect E -> E by ExpConductance { w = 1 nS } all where i < j", "network"],
  ["connect poisson(…) -> e", "PyNN", "a source is a population first, `population X = 100 poisson(10 Hz)`, and is connected by its name: `connect X -> E by …`", "", "connect poisson(10 Hz) -> E by ExpConductance { w = 1 nS } all", "", "network"],
  ["spikes(10 ms, 20 ms)", "Brian2, NEST", "the times of spikes are a list: `spikes([10, 20] ms)`", "", "population X = 1 spikes(10 ms, 20 ms)", "population X = 1 spikes([10 ms, 20 ms])", "network"],
  ["neuron lif(c = 1)", "Python", "a model's parameters stand in its braces: `neuron LIF { param C = 100 pF … }`", "", "neuron A(C = 90 pF) { state V = 0 mV }", "neuron A { param C = 90 pF; state V = 0 mV }", "file"],
  ["seed random", "Python, NEST", "a seed is a whole number, `seed 42`; without one, each run draws its own, prints it and stores it with the results", "", "seed random", "", "experiment"],
  ["model in experiment", "NESTML", "an experiment names its model before its brace: `experiment Step of LIF { … }`", "", "model LIF", "", "experiment"],
  ["reset when", "Brian2", "a spike and what it resets are `spike when V > Θ` and `reset { V <- E_L }`", "", "reset { V <- E_L } when V > V_th", "spike when V > V_th\n  reset { V <- E_L }"],
  ["hold v = e", "NEST", "what is held keeps the value that the reset gave it: `hold V`", "", "refractory t_ref { hold V = E_L }", "refractory t_ref { hold V }"],
  ["f(v) = …", "XPP", "what depends on the model's own states is `let m_inf = …`; a function has its word: `function f(x) = …`", "", "m_inf(V) = 1/(1 + exp(-V/V_th))", "let m_inf = 1/(1 + exp(-V/V_th))"],
  ["poisson(start:)", "NEST", "a rate that begins and ends is a pulse: `poisson(pulse(20 Hz, from: 50 ms))`", "", "population X = 3 poisson(20 Hz, start: 50 ms)", "population X = 3 poisson(pulse(20 Hz, from: 50 ms))", "network"],
  ["record(v)", "Brian2, PyNN", "what is recorded are names with commas between them, and perhaps an interval: `record V, w every 0.5 ms`", "", "record(\"V\")", "record V", "experiment"],
  ["record v from a to b", "papers", "what is recorded is so from beginning to end: `record V every 0.5 ms`", "", "record V from 10 ms to 50 ms", "record V", "experiment"],
  ["e[0:5]", "Python, MATLAB", "neurons are counted with both ends: `E[0..4]`", "", "record LIF[0:1].V", "record LIF[0..0].V", "experiment"],
  ["start:", "NEURON, NEST, PyNN", "a stimulus acts `from:` and `to:`: `pulse(300 pA, from: 10 ms, to: 80 ms)`", "", "I_e = pulse(300 pA, start: 10 ms, to: 80 ms)", "I_e = pulse(300 pA, from: 10 ms, to: 80 ms)", "experiment"],
  ["iclamp(del: …)", "NEURON, NEST, PyNN", "a stimulus acts `from:` and `to:`, and its end is the beginning and how long it lasts: `pulse(300 pA, from: 10 ms, to: 10 ms + 70 ms)`", "", "I_e = IClamp(amp: 300 pA, del: 10 ms, dur: 70 ms)", "I_e = pulse(300 pA, from: 10 ms, to: 10 ms + 70 ms)", "experiment"],
  ["compare a vs b", "papers, Python", "a comparison names its `models`, the experiments behind `under`, and what it takes behind `measure`, with commas between them: `models A, B`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y { compare LIF vs LIF { C = 90 pF }\n under X }", "experiment X of LIF { duration 10 ms }\ncomparison Y { models LIF, LIF { C = 90 pF }\n under X }", "file"],
  ["minimize x", "Python, Julia", "a fit says `under`, `reference`, `free`, `measure`, `train`, `test`, `seeds` and `evaluations`", "", "experiment X of LIF { duration 10 ms }\nfit Y of LIF { under X\n reference recording(\"spikes.csv\")\n minimize van_rossum\n free C in 50 pF .. 400 pF }", "experiment X of LIF { duration 10 ms }\nfit Y of LIF { under X\n reference recording(\"spikes.csv\")\n measure van_rossum\n free C in 50 pF .. 400 pF }", "file"],
  ["free from to", "Python, Julia", "what a fit seeks has two bounds: `free C in 50 pF .. 400 pF`, with `logarithmic` behind them where it is sought in ratios", "", "experiment X of LIF { duration 10 ms }\nfit Y of LIF { under X\n reference recording(\"spikes.csv\")\n measure van_rossum\n free C from 50 pF to 400 pF }", "experiment X of LIF { duration 10 ms }\nfit Y of LIF { under X\n reference recording(\"spikes.csv\")\n measure van_rossum\n free C in 50 pF .. 400 pF }", "file"],
  ["sweep from to", "Python, MATLAB", "a sweep is a list, `sweep I over [1, 2, 5] nA`, or a range with both its ends and how many values it takes, `sweep I over 1 nA .. 5 nA in 5 steps`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y { under X\n measure rate\n sweep C from 100 pF to 150 pF step 25 pF }", "experiment X of LIF { duration 10 ms }\ncomparison Y { under X\n measure rate\n sweep C over 100 pF .. 150 pF in 3 steps }", "file"],
  ["small = lif", "Python", "a label stands in quotes behind what it is for: `models LIF { C = 90 pF } as \"small\"`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y { models LIF, small = LIF { C = 90 pF }\n under X }", "experiment X of LIF { duration 10 ms }\ncomparison Y { models LIF, LIF { C = 90 pF } as \"small\"\n under X }", "file"],
  ["...", "MATLAB", "a line goes on behind an operator or a comma, or where the next begins with an operator", "", "let y = V/E_L ...\n + 1", "let y = V/E_L\n + 1"],
  ["v_{th}", "LaTeX", "an index is part of a name: `V_th`", "", "param x_{th} = 1 mV", "param x_th = 1 mV"],
  ["1/(mv*ms)", "papers", "units stand one behind the other, without parentheses: `0.01 /mV/ms`", "", "param x = 0.01 /(mV*ms)", "param x = 0.01 /mV/ms"],
  ["set x = 1", "NEST, PyNN", SETTING, "", "set C = 90 pF", "C = 90 pF", "experiment"],
  ["rule {}", "NEST, PyNN", "what is set stands in braces before the rule: `connect E -> I by SYNAPSE { w = 1 nS } all`", "", "connect E -> I by ExpConductance all { w = 1 nS }", "connect E -> I by ExpConductance { w = 1 nS } all", "network"],
  ["eq v' =", "XPP, NESTML", "an equation has no word before it: `V' = …`", "", "state x = 1 mV\n  eq x' = (E_L - x)/t_ref", "state x = 1 mV\n  x' = (E_L - x)/t_ref"],
  ["x where y =", "papers", LET, "", "state x = 1 mV\n  x' = (y - x)/t_ref where y = E_L", "state x = 1 mV\n  let y = E_L\n  x' = (y - x)/t_ref"],
  ["(clock-driven)", "Brian2", "how a state is integrated follows from its equation: nothing is said of it", "", "state x = 1 mV\n  dx/dt = -x/t_ref (clock-driven)", "state x = 1 mV\n  x' = -x/t_ref"],
  ["g = g*exp", "Python, NEST", "what decays has an equation: `g' = -g/τ`", "", "state x = 1 mV\n  x = x*exp(-dt/t_ref)", "state x = 1 mV\n  x' = -x/t_ref"],
  ["states v = 1", "NESTML, XPP", STATE, "", "initial x = E_L", "state x = E_L"],
  ["x : ms = 1", "Python", "what is declared begins with its word: `param τ : ms = 10 ms`, `state V : mV = E_L`", "", "x : mV = E_L", "param x : mV = E_L"],
  ["input current i", "papers", "an input has a name and perhaps a unit: `input I_e : pA`", "", "input current I_2 : pA", "input I_2 : pA"],
  ["(summed)", "Brian2", "what a synapse gives its neuron is a contribution: `post.I += g*(E_rev - post.V)`", "", "weight w = 1 nS\n  I_e_post = w*(0 mV - V_post) : amp (summed)", "weight w = 1 nS\n  post.I_e += w*(0 mV - post.V)", "synapse"],
  ["no self", "NEST, PyNN", "no neuron is connected to itself, unless `allow self` is said", "", "connect E -> E by ExpConductance { w = 1 nS } all no self", "connect E -> E by ExpConductance { w = 1 nS } all", "network"],
  ["for 50 ms", "NEST, MATLAB", DURATION, "", "run for 100 ms", "duration 100 ms", "experiment"],
  ["[(t, x)]", "Python, MATLAB", "values in time are `steps(0 ms: 0 pA, 10 ms: 100 pA)`, or `file(\"stimulus.csv\")`", "", "I_e = [(0 ms, 0 pA), (10 ms, 100 pA)]", "I_e = steps(0 ms: 0 pA, 10 ms: 100 pA)", "experiment"],
  ["save v", "Python, XPP", RECORD, "", "save V", "record V", "experiment"],
  ["record v to file", "NEST, Python", "where results are written is an option of the command: `glif run FILE --out DIR`", "", "record V to \"v.csv\"", "record V", "experiment"],
  ["--", "Lua, SQL, Haskell", "a comment begins with `//`", "", "let y = 2*E_L -- twice", "let y = 2*E_L // twice"],
  ["1 mv (note)", "papers", "a note stands in a comment, `/* … */` or `// …`", "", "param x = 1 mV (threshold)", "param x = 1 mV /* threshold */"],
  ["20 spikes/s", "papers", "a spike has no unit: a rate is in `Hz` or `/s`", "", "param x = 20 spikes/s", "param x = 20 /s"],
  ["pico farad", "papers", "a unit is one symbol with its prefix: `pF`", "", "param x = 100 pico farad", "param x = 100 pF"],
  ["[a + b]/c", "papers", "what belongs together stands in parentheses; brackets make lists", "", "let y = [V - E_L]/t_ref", "let y = (V - E_L)/t_ref"],
  ["self.x", "Python", "a model's own names stand alone", "", "let y = self.V/E_L", "let y = V/E_L"],
  ["lambda t: x", "Python", "what changes in time is an expression of `t`, and no function", "", "I_e = lambda t: 300 pA", "I_e = 300 pA", "experiment"],
  ["100x10^-12", "papers, word processors", "powers of ten are written `1e-12`", "", "param x = 100x10^-12 F", "param x = 100e-12 F"],
  ["on pre g += w", "Brian2", "what an arriving spike does stands in braces: `on pre { g <- g + w }`", "", "weight w = 1 mV\n  on pre post.V += w", "weight w = 1 mV\n  on pre { post.V <- post.V + w }", "synapse"],
  ["probability:", "NEST, PyNN", RULE_FORMS, "", "connect E -> I by ExpConductance { w = 1 nS } random(probability: 0.1)", "connect E -> I by ExpConductance { w = 1 nS } random(p: 0.1)", "network"],
  ["rates:", "Brian2", "a source has a rate: `poisson(rate: 8 Hz)`", "", "population X = 3 poisson(rates: 8 Hz)", "population X = 3 poisson(rate: 8 Hz)", "network"],
  ["pairwise_bernoulli", "NEST, PyNN", RULE_FORMS, "", "connect E -> I by ExpConductance { w = 1 nS } pairwise_bernoulli(0.1)", "connect E -> I by ExpConductance { w = 1 nS } random(p: 0.1)", "network"],
  ["where rand() < p", "Brian2", "connections at random are a rule: `random(p: 0.1)`", "", "connect E -> I by ExpConductance { w = 1 nS } if rand() < 0.1", "connect E -> I by ExpConductance { w = 1 nS } random(p: 0.1)", "network"],
  ["method cnexp", "NEURON, Brian2, XPP, MATLAB", METHOD_FORMS, "", "method cnexp", "method exponential_euler", "experiment"],
  ["tol:", "MATLAB, XPP", "the tolerance is named: `method rk45(tolerance: 1e-9)`", "", "method rk45(tol: 1e-6)", "method rk45(tolerance: 1e-6)", "experiment"],
  ["u(a, b)", "Python, PyNN", DISTRIBUTION_FORMS, "", "V ~ gauss(-60 mV, 5 mV)", "V ~ normal(-60 mV, 5 mV)", "experiment"],
  ["on_pre =", "Brian2", "what an arriving spike does stands in braces: `on pre { g <- g + w }`", "", "weight w = 1 mV\n  on_pre = 'V_post += w'", "weight w = 1 mV\n  on pre { post.V <- post.V + w }", "synapse"],
  ["file(x.csv)", "MATLAB", "the path of a file stands in quotes: `file(\"stimulus.csv\")`", "", "I_e = file(stimulus.csv)", "I_e = file(\"stimulus.csv\")", "experiment"],
  ["v crosses θ", "Modelica, papers", "a spike where V passes the threshold upwards is `spike when V > Θ` without a `reset`", "", "spike when V crosses V_th", "spike when V > V_th"],
  ["when c spike", "NESTML, Modelica", "a spike condition is written `spike when V > Θ`", "", "when V > V_th spike", "spike when V > V_th"],
  ["spike at", "NESTML, XPP", "a spike condition is written `spike when V > Θ`", "", "spike at V > V_th", "spike when V > V_th"],
  ["e_l mv", "papers", "a unit stands behind a number, or where a name is declared", "", "param x = V_th mV", "param x = V_th"],
  ["v += dt*f", "Python, MATLAB", "an equation says how fast, `V' = f`; the steps are taken by glif", "", "state x = 1 mV\n  x += dt*(E_L - x)/t_ref", "state x = 1 mV\n  x' = (E_L - x)/t_ref"],
  ["neuron {", "NEURON", "a channel is written `mechanism NAME { … }`; its names can be set and recorded without being listed", "", "NEURON { SUFFIX kdr }", "", "host"],
  ["on pre.spike", "Modelica, papers", "what an arriving spike does is `on pre { g <- g + w }`", "", "weight w = 1 mV\n  on pre.spike { post.V <- post.V + w }", "weight w = 1 mV\n  on pre { post.V <- post.V + w }", "synapse"],
  ["x in [a, b]", "NESTML, papers", "a declaration has no bounds: leave them out", "", "param x : ms in [1, 100] = 10 ms", "param x : ms = 10 ms"],
  ["a = b = 1", "Python, C", "each name has its own value: `param a = 1 nS, b = 1 nS`", "", "param x = y = 1 nS", "param x = 1 nS, y = 1 nS"],
  ["record v as x", "SQL, Python", "what is recorded keeps its name: `record V`", "", "record V as voltage", "record V", "experiment"],
  ["np.", "Python", "functions have no module before their name: `exp(x)`", "", "let y = np.exp(V/E_L)", "let y = exp(V/E_L)"],
  ["a % b", "Python, C", "write `a - b*floor(a/b)`; a comment begins with `//`", "", "let y = V % E_L", "let y = (V - E_L*floor(V/E_L))"],
  ["index k = 1:2", "MATLAB, Python", "an index runs over whole numbers from one end to the other: `index k = 1..2`", "", "index k = 1:2\n  param x[k] = 1 pA", "index k = 1..2\n  param x[k] = 1 pA"],
  ["{1, 2} pa", "Mathematica, MATLAB, Python", "a list stands in brackets, its values separated by commas, its unit behind it: `[1, 2] pA`", "", "index k = 1..2\n  param x[k] = {1, 2} pA", "index k = 1..2\n  param x[k] = [1, 2] pA"],
  ["linspace(…)", "Python, MATLAB", "a list is written out, `[1, 2, 3] pA`, or by its index: `param x[k] = 1 pA*k`", "", "index k = 1..3\n  param x[k] = linspace(1, 2, 3)*pA", "index k = 1..3\n  param x[k] = [1, 1.5, 2] pA"],
  ["sum(x[k], k)", "Mathematica, papers", "`sum(…)` adds up over the indices that are free in it: `sum(x[k])`", "", "index k = 1..2\n  param x[k] = [1, 2] pA\n  I_e += sum(x[k], k)", "index k = 1..2\n  param x[k] = [1, 2] pA\n  I_e += sum(x[k])"],
  ["if (c) {a} else {b}", "C, R", "a condition chooses with `if c then a else b`", "", "let y = if (V > E_L) {1} else {0}", "let y = if (V > E_L) then 1 else 0"],
  ["a <> b", "MATLAB, XPP, BASIC", "unequal is written `!=`", "", "let y = if V <> E_L then 1 else 0", "let y = if V != E_L then 1 else 0"],
  ["|v|", "papers", "the absolute value is `abs(x)`", "", "let y = |V - E_L|", "let y = abs(V - E_L)"],
  ["√x", "papers", "a root is `sqrt(x)`, a sum over an index `sum(x)`", "", "let y = √(2)", "let y = sqrt(2)"],
  ["a, b = 1, 2", "Python", "each name has its own value: `param a = 1 nS, b = 2 nS`", "", "param x, y = 1 nS, 2 nS", "param x = 1 nS, y = 2 nS"],
  ["m**2", "Brian2, Python", "a unit is written with its symbols, powers with `^`: `S/m^2`", "", "param x : siemens/meter**2 = 3 S/m^2", "param x : S/m^2 = 3 S/m^2"],
  ["v' : mv/ms =", "Python", "an equation has no unit of its own: that of its state tells", "", "state x = 1 mV\n  x' : mV/ms = -x/t_ref", "state x = 1 mV\n  x' = -x/t_ref"],
  ["spike after", "NESTML, papers", "how long a neuron is refractory stands apart: `refractory t_ref { hold V }`", "", "spike when V > V_th after t_ref", "spike when V > V_th\n  refractory t_ref"],
  ["at 50 ms {}", "Modelica, NEURON", "what happens once, at a time, is `on t >= 50 ms - dt/2 { … }`", "", "at 50 ms { V <- E_L }", "on t >= 50 ms - dt/2 { V <- E_L }"],
  ["each 10 ms {}", "Brian2, Modelica", "what repeats itself is `every 10 ms { … }`", "", "each 10 ms { V <- E_L }", "every 10 ms { V <- E_L }"],
  ["v' = outside", "Brian2, XPP", "an equation stands between the braces of a model: `neuron NAME { state V = -70 mV; V' = … }`", "", "dx/dt = -x/(10 ms) : volt", "", "file"],
  ["record *", "NEURON, Brian2", "what is recorded is named, separated by commas: `record V, w`", "", "record *", "record V", "experiment"],
  ["seed 1, 2", "Python", "a run has one seed; a comparison and a sweep take several, `seeds 10`", "", "seed 1, 2, 3", "seed 1", "experiment"],
  ["by 1 ns", "NEST", "a connection is made by a synapse, with its weight in braces: `by ExpConductance { w = 1 nS }`", "", "connect E -> I by 1 nS all", "connect E -> I by ExpConductance { w = 1 nS } all", "network"],
  ["x = 1 in network", "Python", "a network's own number is declared: `param N_E = 800`; what is set of its neurons stands in the braces of a population", "", "N_x = 20\n  population X = N_x LIF", "param N_x = 20\n  population X = N_x LIF", "network"],
  ["x = rand()", "Brian2, NEST, Python", "a value for each is drawn where it is set: `V ~ uniform(-70 mV, -50 mV)`, `w ~ normal(1 nS, 0.1 nS)`", "", "connect E -> I by ExpConductance { w = 1 nS*rand() } all", "connect E -> I by ExpConductance { w ~ uniform(0 nS, 1 nS) } all", "network"],
  ["weight : ns", "NESTML", "a weight has a name: `weight w : nS`", "", "weight : nS", "weight w : nS", "synapse"],
  ["of 10 lif", "Brian2, NEST", "an experiment is done with one neuron, or with a network: `network Ten { population P = 10 LIF }`, `experiment E of Ten`", "", "experiment X of 10 LIF { duration 1 ms; record spikes }", "network LIFs { population P = 10 LIF }\nexperiment X of LIFs { duration 1 ms; record spikes }", "file"],
  ["lif { } { }", "NESTML, Python", "what an experiment sets of its model stands among its statements", "", "experiment X of LIF { C = 90 pF } { duration 1 ms }", "experiment X of LIF { C = 90 pF; duration 1 ms }", "file"],
  ["neuron a extends b", "Python", "a block has its braces, also where nothing stands in it: `neuron AdEx extends LIF { }`", "", "neuron A extends LIF", "neuron A extends LIF { }", "host"],
  ["c = [90, 100]*pf", "Brian2", "the unit of a list stands behind it: `[90, 100] pF`", "", "population P = 2 LIF { C = [90, 100]*pF }", "population P = 2 LIF { C = [90, 100] pF }", "network"],
  ["v clamped", "NEURON, papers", "an experiment sets a state at t = 0 alone, `V = -60 mV`; what changes in time is given to an input: `I_e = pulse(300 pA, from: 10 ms, to: 40 ms)`", "", "V = -60 mV for t > 10 ms", "V = -60 mV", "experiment"],
  ["p.x = 1 in network", "Brian2, PyNN", "what is set of neurons stands in the braces of their population, `population E = 8 LIF { I_e = 300 pA }`, or in an experiment", "", "X.I_e = 300 pA", "population P = 8 LIF { I_e = 300 pA }", "network"],
  ["lif { c = 1 } inside", "Brian2, Python", "what an experiment sets of its model stands among its statements, of a population with its name: `E.I_e = 300 pA`", "", "LIF { C = 90 pF }", "C = 90 pF", "experiment"],
  ["e->x", "C, C++", "what belongs to a model or a population stands behind a dot: `E.I_e = 250 pA`", "", "LIF->C = 90 pF", "LIF.C = 90 pF", "experiment"],
  ["x : pa = 1", "NESTML", "units are declared in the model; an experiment gives a value: `I_e = 300 pA`", "", "I_e : pA = 300 pA", "I_e = 300 pA", "experiment"],
  ["e.x, i.x = 1, 2", "Python", "each value has a statement of its own: `E.I_e = 250 pA`, `I.I_e = 200 pA`", "", "C, G = 90 pF, 9 nS", "C = 90 pF\n  G = 9 nS", "experiment"],
  ["threads 4", "NEST", "how many threads compute is said to the command: `glif run FILE --threads 4`", "", "threads 4", "seed 4", "experiment"],
  ["p = population(8, lif)", "PyNN, NEST", "a population is declared with its size and its model: `population E = 8 LIF`", "", "P = population(8, LIF)", "population P = 8 LIF", "network"],
  ["spike with probability", "papers", "spikes at random come at a rate: `spike with rate 0.1 /ms`", "", "spike with probability 0.1", "spike with rate 0.1 /ms"],
  ["wait 2 ms", "papers", "how long nothing moves after a spike is said outside of the reset: `refractory 2 ms { hold V }`", "", "reset { V <- E_L; wait 2 ms }", "reset { V <- E_L }\n  refractory 2 ms { hold V }"],
  ["measure a > b", "papers", "a measure is a number, told of each model: `measure rate`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF\n  under X\n  measure rate > 5 Hz\n}", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF\n  under X\n  measure rate\n}", "file"],
  ["on x in comparison", "papers", "the experiments of a comparison stand behind `under`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF\n  on X\n  measure rate\n}", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF\n  under X\n  measure rate\n}", "file"],
  ["of a, b", "papers", "an experiment is done with one model; what is done with several is a comparison: `comparison C { models A, B; under Step }`", "", "experiment X of LIF, LIF { duration 10 ms }", "experiment X of LIF { duration 10 ms }", "file"],
  ["comparison of a, b", "papers", "what is compared stands in the braces: `models LIF, GLIF`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y of LIF {\n  models LIF\n  under X\n  measure rate\n}", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF\n  under X\n  measure rate\n}", "file"],
  ["m*0.2", "Python", "the weight of a measure stands before it: `0.2*rate`", "", "experiment X of LIF { duration 10 ms }\nfit Y of LIF { under X\n reference recording(\"spikes.csv\")\n measure van_rossum*0.2\n free C in 50 pF .. 400 pF }", "experiment X of LIF { duration 10 ms }\nfit Y of LIF { under X\n reference recording(\"spikes.csv\")\n measure 0.2*van_rossum\n free C in 50 pF .. 400 pF }", "file"],
  ["36 c", "papers", "a temperature is in `degC` or `K`: `C` is the coulomb", "", "param T = 36 C\n  let q = 3^((T - 6.3 degC)/(10 K))", "param T = 36 degC\n  let q = 3^((T - 6.3 degC)/(10 K))"],
  ["1j", "Python", "numbers are real: write the real and the imaginary part each", "", "let y = 1j", "let y = 1"],
  ["measure from to", "papers", "the part of a run that measures see is `window 10 ms .. 100 ms`", "", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF\n  under X\n  measure rate between 1 ms and 9 ms\n}", "experiment X of LIF { duration 10 ms }\ncomparison Y {\n  models LIF\n  under X\n  measure rate\n  window 1 ms .. 9 ms\n}", "file"],
  ["max([a, b])", "Python, MATLAB", "arguments stand without brackets: `max(a, b)`", "", "let y = max([V, E_L])", "let y = max(V, E_L)"],
  ["a.", "papers", "a statement ends with its line, without a full stop", "", "param x = 1 mV.", "param x = 1 mV"],
  ["&", "C, MATLAB", "conditions are joined by `and`", "", "spike when V > V_th & t > 5 ms", "spike when V > V_th and t > 5 ms"],
  ["|", "C, MATLAB", "conditions are joined by `or`", "", "spike when V > V_th | t > 5 ms", "spike when V > V_th or t > 5 ms"],
]; // prettier-ignore

/** What a word of another tool is called here: arguments by the function that takes them, rules by what is written for them (`$1` is what stands in the parentheses), methods, distributions. */
export const ARGUMENT_WORDS: ReadonlyMap<string, ReadonlyMap<string, string>> = words({
  ...Object.fromEntries(
    Object.entries<Shape>(SHAPES).map(([name, { parts }]) => [
      name,
      Object.fromEntries(
        parts.flatMap((p) =>
          p.also.filter((word) => !parts.some((q) => q.name === word)).map((word) => [word, p.name]),
        ),
      ),
    ]),
  ),
  poisson: { rates: "rate", freq: "rate", frequency: "rate" },
  ...Object.fromEntries(
    rules.map(([name, rule]) => [
      name,
      Object.fromEntries(rule.arguments.flatMap((a) => a.also.map((word) => [word, a.name]))),
    ]),
  ),
  normal: { mu: "mean", loc: "mean", std: "sd", stddev: "sd", stdev: "sd", sigma: "sd", scale: "sd" },
  lognormal: { std: "sd", stddev: "sd" },
  ...Object.fromEntries(
    methodNames()
      .filter(isAdaptiveName)
      .map((name) => [name, { tol: "tolerance", rtol: "tolerance", reltol: "tolerance" }]),
  ),
});

function words(
  of: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(Object.entries(of).map(([called, known]) => [called, new Map(Object.entries(known))]));
}

export const RULE_WORDS: ReadonlyMap<string, string> = new Map(
  rules.flatMap(([name, { arguments: taken, also }]) => {
    const [only, ...more] = taken;
    const form = only === undefined ? name : more.length > 0 ? `${name}($1)` : `${name}(${only.name}: $1)`;
    return also.map((word) => [word, form] as const);
  }),
);

export const METHOD_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries<Method>(METHODS).flatMap(([name, { also }]) => also.map((word) => [word, name] as const)),
);

export const DISTRIBUTION_NAMES: ReadonlySet<string> = new Set(distributions.map(([name]) => name));

export const DISTRIBUTION_WORDS: ReadonlyMap<string, string> = new Map(
  distributions.flatMap(([name, { also }]) => also.map((word) => [word, name] as const)),
);

/** With which words others begin what a comparison says. */
export const COMPARISON_WORDS: ReadonlyMap<string, string> = new Map(Object.entries({
  compare: "models", models: "models", model: "models", neurons: "models", variants: "models", between: "models", networks: "networks",
  loss: "measure", minimize: "measure", minimise: "measure", objective: "measure", cost: "measure", iterations: "evaluations", maxiter: "evaluations", budget: "evaluations", validate: "test", validation: "test", under: "under", experiments: "under", experiment: "under", protocol: "under", protocols: "under", stimuli: "under", on: "under", with: "under", for: "under", using: "under",
  measure: "measure", measures: "measure", metric: "measure", metrics: "measure", statistics: "measure", compute: "measure",
  reference: "reference", baseline: "reference", target: "reference", data: "reference",
  seeds: "seeds", seed: "seeds", trials: "seeds", runs: "seeds", repeats: "seeds", repetitions: "seeds", n_seeds: "seeds",
})); // prettier-ignore

/** Measures as other tools and papers call them. */
export const MEASURE_WORDS: ReadonlyMap<string, string> = new Map(Object.entries({
  firing_rate: "rate", average_rate: "rate", average_firing_rate: "rate", population_rate: "rate", spike_rate: "rate", mean_rate: "rate", mean_firing_rate: "rate", mean_frequency: "rate", frequency: "rate", spikecount: "rate", spike_count: "rate", n_spikes: "rate", num_spikes: "rate",
  first_spike_latency: "latency", time_to_first_spike: "latency", first_spike: "latency", ttfs: "latency", onset: "latency",
  cv: "cv_isi", isi_cv: "cv_isi", coefficient_of_variation: "cv_isi", fano_factor: "fano", ff: "fano", local_variation: "lv",
  adaptation_index: "adaptation", sfa: "adaptation", van_rossum_distance: "van_rossum", victor_purpura_distance: "victor_purpura", gamma: "coincidence", gamma_factor: "coincidence", coincidence_factor: "coincidence",
  rmse: "trace_rmse", rms: "trace_rmse", mse: "trace_rmse", mean: "trace_mean", std: "trace_sd", sd: "trace_sd", r2: "trace_explained_variance",
  order_parameter: "kuramoto", fi: "f_I", fi_curve: "f_I", f_i_curve: "f_I", psd: "spectrum", power_spectrum: "spectrum", peak: "peak_frequency",
})); // prettier-ignore

/** Words of which no one measure is meant. */
export const MEASURE_SAYS: ReadonlyMap<string, string> = new Map([
  ["spikes", "of spikes there are `rate`, `latency`, `cv_isi` and distances such as `van_rossum`"],
  ["isi", "of the intervals between spikes there are `cv_isi`, `lv` and `adaptation`; their mean is one by `rate`"],
]);

const rows = (where: Where, table: readonly Row[]): Habit[] =>
  table.map(([words, from, say, instead, written, mended, home = "member"]) => ({
    words: where === "form" ? [words] : words.split(" "),
    where,
    from,
    say,
    instead,
    home,
    written,
    mended,
  }));

export const HABITS: readonly Habit[] = [
  ...rows("function", FUNCTIONS),
  ...rows("name", NAMES),
  ...rows("statement", STATEMENTS),
  ...rows("form", FORMS),
];

const byWord: ReadonlyMap<string, Habit> = new Map(
  HABITS.flatMap((habit) => habit.words.map((word) => [`${habit.where} ${word}`, habit] as const)),
);

/** The habit of that word there, whatever its capitals; null where it is none. */
export function habitOf(where: Where, word: string): Habit | null {
  return byWord.get(`${where} ${word.toLowerCase()}`) ?? null;
}
