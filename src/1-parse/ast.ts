// The abstract syntax tree of a .glif file: what was written, nothing understood yet. Spans are finite; holes are `missing` nodes or null names.
import type { SourceText, Span } from "../base/source.ts";

interface Node {
  readonly span: Span;
}

export interface ModelFileNode extends Node {
  readonly kind: "modelFile";
  readonly source: SourceText;
  readonly imports: readonly ImportNode[];
  readonly declarations: readonly DeclarationNode[];
}

/** `import ExpConductance, STDP from "synapses.glif"` */
export interface ImportNode extends Node {
  readonly kind: "import";
  readonly names: readonly IdentifierNode[];
  readonly path: StringNode;
}

export type DeclarationNode =
  | NeuronNode
  | MechanismNode
  | SynapseNode
  | NetworkNode
  | ExperimentNode
  | ComparisonDeclarationNode
  | FitDeclarationNode
  | FunctionNode
  | QuantityNode;

/** A name as written, NFC-normalised, U+00B5 (micro) read as U+03BC (mu). An empty name stands for a hole: later rooms stay silent about it. */
export interface IdentifierNode extends Node {
  readonly kind: "identifier";
  readonly name: string;
}

/** `neuron GLIF extends LIF { … }` */
export interface NeuronNode extends Node {
  readonly kind: "neuron";
  readonly name: IdentifierNode;
  readonly parent: IdentifierNode | null;
  readonly members: readonly MemberNode[];
  /** Text of the `///` lines above, without the slashes. */
  readonly doc: string;
}

/** `mechanism Sodium { … }`: a part without a spike condition. */
export interface MechanismNode extends Node {
  readonly kind: "mechanism";
  readonly name: IdentifierNode;
  readonly parent: IdentifierNode | null;
  readonly members: readonly MemberNode[];
  readonly doc: string;
}

/** `synapse STDP extends ExpCurrent { … }` */
export interface SynapseNode extends Node {
  readonly kind: "synapse";
  readonly name: IdentifierNode;
  readonly parent: IdentifierNode | null;
  readonly members: readonly SynapseMemberNode[];
  readonly doc: string;
}

/** Targets and references may begin with `pre.` or `post.`: the neurons at the two ends. */
export type SynapseMemberNode = QuantityNode | IndexNode | FunctionNode | EquationNode | ContributionNode | ArrivalNode;

/** `on pre { g <- g + w }`, `on post { … }`: what a spike does that arrives. */
export interface ArrivalNode extends BlockNode {
  readonly kind: "arrival";
  readonly end: "pre" | "post";
}

/** What happens at one moment. */
export interface BlockNode extends Node {
  /** Names of its own, in the order of the text. */
  readonly locals: readonly LocalNode[];
  readonly assignments: readonly AssignmentNode[];
}

/** `let n ~ binomial(N, p)`, `let x = w*n` in the braces of an event. */
export interface LocalNode extends Node {
  readonly kind: "local";
  readonly name: IdentifierNode;
  readonly unit: UnitNode | null;
  /** `~`: a draw, new each time. */
  readonly operator: "=" | "~";
  readonly value: ExprNode;
}

export type MemberNode =
  | QuantityNode
  | IndexNode
  | FunctionNode
  | NoiseNode
  | InterpretNode
  | UseNode
  | EquationNode
  | ContributionNode
  | SpikeNode
  | EventNode
  | ResetNode
  | RefractoryNode;

/** `param C = 58.7 pF`, `state I[j] : pA = 0 pA`, `input I_e : pA`, `let Θ = Θ_inf + Θ_s`, `const F = 96485 C/mol`. One node per name in a comma list. */
export interface QuantityNode extends Node {
  readonly kind: "quantity";
  /** `weight w : nS` stands in synapses alone. */
  readonly role: "param" | "const" | "input" | "state" | "let" | "weight";
  /** `single weight w : nS`: kept in single precision. */
  readonly single: boolean;
  readonly name: IdentifierNode;
  /** Names of the indices: `[j]`. */
  readonly indices: readonly IdentifierNode[];
  readonly unit: UnitNode | null;
  readonly value: ExprNode | null;
  /** `///` lines above, or the `///` comment that ends the line. */
  readonly doc: string;
}

/** `index j = 1..2`, both ends included. */
export interface IndexNode extends Node {
  readonly kind: "index";
  readonly name: IdentifierNode;
  readonly from: ExprNode;
  readonly to: ExprNode;
}

/** `function α_m(V : mV) : /ms = 0.1 /ms/mV * (V + 40 mV)`; units may be left out. */
export interface FunctionNode extends Node {
  readonly kind: "function";
  readonly name: IdentifierNode;
  readonly parameters: readonly FunctionParameterNode[];
  readonly unit: UnitNode | null;
  readonly body: ExprNode;
  readonly doc: string;
}

export interface FunctionParameterNode extends Node {
  readonly kind: "functionParameter";
  readonly name: IdentifierNode;
  readonly unit: UnitNode | null;
}

/** `noise ξ_1, ξ_2`: white noise that several equations may share. One node per name. */
export interface NoiseNode extends Node {
  readonly kind: "noise";
  readonly name: IdentifierNode;
  readonly doc: string;
}

/** `interpret Itô` (or `Ito`), `interpret Stratonovich`; null when neither word was there (already reported). */
export interface InterpretNode extends Node {
  readonly kind: "interpret";
  readonly calculus: "ito" | "stratonovich" | null;
}

/** `use Sodium as fast { g_max = 20 nS }` */
export interface UseNode extends Node {
  readonly kind: "use";
  readonly mechanism: IdentifierNode;
  readonly alias: IdentifierNode | null;
  readonly settings: readonly SettingNode[];
}

/** What is written to: `V`, `I[j]`, `Na.m`; in settings of experiments also what single neurons have, `E[0..9].I_e`. */
export interface TargetNode extends Node {
  readonly kind: "target";
  /** Of the population that the path begins with: `[0..9]`, `[3]`; null where all are meant. */
  readonly neurons: { readonly from: ExprNode; readonly to: ExprNode | null } | null;
  readonly path: readonly IdentifierNode[];
  readonly indices: readonly ExprNode[];
}

/** `V' = …` */
export interface EquationNode extends Node {
  readonly kind: "equation";
  readonly target: TargetNode;
  readonly value: ExprNode;
}

/** `I_e += …` */
export interface ContributionNode extends Node {
  readonly kind: "contribution";
  readonly target: TargetNode;
  readonly value: ExprNode;
}

/** `spike when CONDITION`, `spike with rate EXPRESSION` */
export interface SpikeNode extends Node {
  readonly kind: "spike";
  readonly mode: "when" | "rate";
  readonly value: ExprNode;
}

/** `on CONDITION { … }`, `every 100 ms from 1 s to 5 s { … }` */
export interface EventNode extends BlockNode {
  readonly kind: "event";
  /** A condition, or the time from one to the next. */
  readonly condition: ExprNode;
  /** Null where it has a condition. */
  readonly every: { readonly from: ExprNode | null; readonly to: ExprNode | null } | null;
}

/** `reset { V <- E_L }` */
export interface ResetNode extends BlockNode {
  readonly kind: "reset";
}

/** `V <- E_L`, `Θ ~ normal(Θ_0, σ)` */
export interface AssignmentNode extends Node {
  readonly kind: "assignment";
  readonly target: TargetNode;
  /** `~`: the value is drawn, anew each time. */
  readonly operator: "<-" | "~";
  readonly value: ExprNode;
}

/** `refractory t_ref { hold V, I; drop I_syn }`; `hold all` holds every state. */
export interface RefractoryNode extends Node {
  readonly kind: "refractory";
  readonly duration: ExprNode;
  readonly holdAll: boolean;
  readonly hold: readonly TargetNode[];
  readonly drop: readonly TargetNode[];
}

/** `network Coupled extends Base { … }` */
export interface NetworkNode extends Node {
  readonly kind: "network";
  readonly name: IdentifierNode;
  readonly parent: IdentifierNode | null;
  readonly members: readonly (QuantityNode | PopulationNode | ConnectNode)[];
  readonly doc: string;
}

/** `population E = 800 GLIF { V ~ uniform(E_L, Θ_inf), t_ref = 1 ms }`, `population P = 100 poisson(8 Hz)`, `population S = spikes([10 ms, 20 ms])` */
export interface PopulationNode extends Node {
  readonly kind: "population";
  readonly name: IdentifierNode;
  /** Null where none was given, which sources may do. */
  readonly size: ExprNode | null;
  readonly model: IdentifierNode;
  /** `poisson(…)`, `spikes(…)`: null where no parentheses follow the model. */
  readonly arguments: readonly ArgumentNode[] | null;
  readonly settings: readonly SettingNode[];
  readonly doc: string;
}

/** `connect E, I[0..9] -> E by ExpConductance as exc { w = 4 nS, delay = 1.5 ms } random(p: 0.1) where i < j allow self, multiple` */
export interface ConnectNode extends Node {
  readonly kind: "connect";
  readonly sources: readonly EndpointNode[];
  readonly targets: readonly EndpointNode[];
  readonly synapse: IdentifierNode;
  readonly alias: IdentifierNode | null;
  readonly settings: readonly SettingNode[];
  /** Null where none was given; `where` alone is enough. */
  readonly rule: RuleNode | null;
  readonly where: ExprNode | null;
  /** What follows `allow`: `self`, `multiple`. */
  readonly allow: readonly IdentifierNode[];
  readonly doc: string;
}

/** `E`, `E[0..9]`, `E[3]` */
export interface EndpointNode extends Node {
  readonly kind: "endpoint";
  readonly population: IdentifierNode;
  readonly slice: { readonly from: ExprNode; readonly to: ExprNode | null } | null;
}

/** `all`, `random(p: 0.1)`, `file("pairs.csv")` */
export interface RuleNode extends Node {
  readonly kind: "rule";
  readonly name: IdentifierNode;
  readonly arguments: readonly ArgumentNode[];
}

/** `b_s = 0.2 /ms`, `V ~ uniform(E_L, Θ_inf)`, `E.I_e, I.I_e = 300 pA`. */
export interface SettingNode extends Node {
  readonly kind: "setting";
  readonly targets: readonly TargetNode[];
  readonly operator: "=" | "~";
  readonly value: ExprNode;
}

/** `experiment Noisy of Coupled { … }` */
export interface ExperimentNode extends Node {
  readonly kind: "experiment";
  readonly name: IdentifierNode;
  readonly subject: IdentifierNode;
  readonly members: readonly ExperimentMemberNode[];
  readonly doc: string;
}

export type ExperimentMemberNode = DirectiveNode | MethodNode | PreciseNode | SettingNode | RecordNode | QuantityNode;

/** `duration 1 s`, `step 0.1 ms`, `seed 42` */
export interface DirectiveNode extends Node {
  readonly kind: "directive";
  readonly directive: "duration" | "step" | "seed";
  readonly value: ExprNode;
}

/** `method rk4`, `method rk45(tolerance: 1e-9)`, `method rosenbrock` */
export interface MethodNode extends Node {
  readonly kind: "method";
  readonly method: IdentifierNode;
  readonly arguments: readonly ArgumentNode[];
}

/** `spikes precise` */
export interface PreciseNode extends Node {
  readonly kind: "precise";
}

/** `record spikes`, `record V, I[1], Na.m every 0.5 ms`, `record E[0..9].V` */
export interface RecordNode extends Node {
  readonly kind: "record";
  readonly targets: readonly RecordTargetNode[];
  readonly every: ExprNode | null;
}

/** Dotted segments, each with an optional subscript `[3]` or `[0..9]`; resolving says which is a population. */
export interface RecordTargetNode extends Node {
  readonly kind: "recordTarget";
  readonly segments: readonly RecordSegmentNode[];
}

export interface RecordSegmentNode extends Node {
  readonly kind: "recordSegment";
  readonly name: IdentifierNode;
  readonly subscript: { readonly from: ExprNode; readonly to: ExprNode | null } | null;
}

/** `comparison Levels { … }` */
export interface ComparisonDeclarationNode extends Node {
  readonly kind: "comparison";
  readonly name: IdentifierNode;
  readonly members: readonly ComparisonMemberNode[];
  readonly doc: string;
}

/** One node for each variant, experiment and measure of a list. */
export type ComparisonMemberNode =
  VariantNode | UnderNode | MeasureNode | ComparedToNode | SeedsNode | SweepNode | WindowNode;

/** `fit Cell of GLIF5, LIF { … }`; the models of its head are its first members. */
export interface FitDeclarationNode extends Node {
  readonly kind: "fit";
  readonly name: IdentifierNode;
  readonly members: readonly FitMemberNode[];
  readonly doc: string;
}

/** One node for each variant, experiment, measure, free number and window of a list. */
export type FitMemberNode =
  | VariantNode
  | UnderNode
  | MeasureNode
  | ComparedToNode
  | SeedsNode
  | FreeNode
  | PartNode
  | EvaluationsNode
  | SettingNode;

/** `C in 20 pF .. 400 pF logarithmic` after `free` */
export interface FreeNode extends Node {
  readonly kind: "free";
  readonly target: TargetNode;
  readonly from: ExprNode;
  readonly to: ExprNode;
  readonly logarithmic: boolean;
}

/** `2 s .. 10 s` after `window` */
export interface WindowNode extends Node {
  readonly kind: "window";
  readonly from: ExprNode;
  /** Null where it has one end. */
  readonly to: ExprNode | null;
}

/** `0 s .. 12 s` after `train` or `test`, or sweeps, `0 .. 8`, `12` */
export interface PartNode extends Node {
  readonly kind: "part";
  readonly role: "train" | "test";
  readonly from: ExprNode;
  /** Null where it has one end. */
  readonly to: ExprNode | null;
}

/** `evaluations 5000` */
export interface EvaluationsNode extends Node {
  readonly kind: "evaluations";
  readonly value: ExprNode;
}

/** `GLIF { b_s = 0.2 /ms, method euler } as "fast threshold"` after `models` or `networks`, or in the head of a fit. */
export interface VariantNode extends Node {
  readonly kind: "variant";
  readonly model: IdentifierNode;
  readonly members: readonly VariantMemberNode[];
  /** Null where none was given. */
  readonly label: StringNode | null;
}

export type VariantMemberNode = SettingNode | MethodNode | DirectiveNode | PreciseNode;

/** `under CurrentStep` */
export interface UnderNode extends Node {
  readonly kind: "under";
  readonly experiment: IdentifierNode;
}

/** `van_rossum(tau: 10 ms)`, `rmse(V)`, `0.2*rmse(V)` after `measure` */
export interface MeasureNode extends Node {
  readonly kind: "measure";
  /** Null where none was given. */
  readonly weight: ExprNode | null;
  readonly name: IdentifierNode;
  readonly arguments: readonly MeasureArgumentNode[];
}

/** `tau: 10 ms`; `V`, `E[0].V` */
export interface MeasureArgumentNode extends Node {
  readonly kind: "measureArgument";
  readonly label: IdentifierNode | null;
  readonly value: ExprNode | RecordTargetNode;
}

/** `reference LIF`, `reference "fast threshold"`, `reference recording("cell.csv")` */
export interface ComparedToNode extends Node {
  readonly kind: "comparedTo";
  readonly value: ExprNode;
}

/** `seeds 20` */
export interface SeedsNode extends Node {
  readonly kind: "seeds";
  readonly value: ExprNode;
}

/** `sweep b_s over 0.01 /ms .. 0.1 /ms in 20 steps`, `sweep b_s over [1, 2] /ms`, `sweep b_s ~ normal(1 /ms, 0.1 /ms) in 100 draws` */
export interface SweepNode extends Node {
  readonly kind: "sweep";
  readonly target: TargetNode;
  readonly values:
    | {
        readonly kind: "range";
        readonly from: ExprNode;
        readonly to: ExprNode;
        readonly steps: ExprNode;
        readonly logarithmic: boolean;
      }
    | { readonly kind: "list"; readonly list: ExprNode }
    | { readonly kind: "draws"; readonly draw: ExprNode; readonly count: ExprNode };
}

/** A unit as written after a number, a bracket or a colon, without white space inside: `mV`, `/ms`, `nS/cm^2`. */
export interface UnitNode extends Node {
  readonly kind: "unit";
  readonly text: string;
}

export type ExprNode =
  | NumberNode
  | ArrayNode
  | StringNode
  | ReferenceNode
  | UnaryNode
  | BinaryNode
  | ComparisonNode
  | LogicalNode
  | ConditionalNode
  | CallNode
  | MissingNode;

export interface NumberNode extends Node {
  readonly kind: "number";
  /** Digits as written, without sign and unit: `1.5e-3`. */
  readonly text: string;
  readonly unit: UnitNode | null;
}

/** `[0.003, 0.1] /ms`: the unit applies to every element. */
export interface ArrayNode extends Node {
  readonly kind: "array";
  readonly elements: readonly ExprNode[];
  readonly unit: UnitNode | null;
}

/** `"stimulus.csv"`: value is what stands between the quotes, escapes resolved. */
export interface StringNode extends Node {
  readonly kind: "string";
  readonly value: string;
}

/** `V`, `I[j]`, `Na.m`, `ξ` */
export interface ReferenceNode extends Node {
  readonly kind: "reference";
  readonly path: readonly IdentifierNode[];
  readonly indices: readonly ExprNode[];
}

export interface UnaryNode extends Node {
  readonly kind: "unary";
  readonly operator: "-" | "not";
  readonly operand: ExprNode;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "^";

/** `^` binds tightest and to the right, then unary minus (`-V^2` is `-(V^2)`), then `*` and `/`, then `+` and `-`. */
export interface BinaryNode extends Node {
  readonly kind: "binary";
  readonly operator: ArithmeticOperator;
  readonly operatorSpan: Span;
  readonly left: ExprNode;
  readonly right: ExprNode;
}

export type ComparisonOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";

export interface ComparisonNode extends Node {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly operatorSpan: Span;
  readonly left: ExprNode;
  readonly right: ExprNode;
}

export interface LogicalNode extends Node {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly left: ExprNode;
  readonly right: ExprNode;
}

/** `if a then b else c` */
export interface ConditionalNode extends Node {
  readonly kind: "conditional";
  readonly condition: ExprNode;
  readonly then: ExprNode;
  readonly otherwise: ExprNode;
}

/** `exp(x)`, `pulse(300 pA, from: 100 ms, to: 900 ms)`, `steps(0 ms: 0 pA, 100 ms: 300 pA)`, `sum(I)`, `uniform(E_L, Θ_inf)` */
export interface CallNode extends Node {
  readonly kind: "call";
  readonly callee: IdentifierNode;
  readonly arguments: readonly ArgumentNode[];
}

/** `value` or `label: value`; a label is a name for options and a time for `steps`. */
export interface ArgumentNode extends Node {
  readonly kind: "argument";
  readonly label: ExprNode | null;
  readonly value: ExprNode;
}

/** Where something was expected and not understood; already reported. */
export interface MissingNode extends Node {
  readonly kind: "missing";
}
