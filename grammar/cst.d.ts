// Generated from parser.ts by scripts/generateCst.ts: the shapes that buildAst reads. Recovered nodes may lack what is promised here.
import type { CstNode, ICstVisitor, IToken } from "chevrotain";

export interface ModelFileCstNode extends CstNode {
  name: "modelFile";
  children: ModelFileCstChildren;
}

export type ModelFileCstChildren = {
  importDeclaration?: ImportDeclarationCstNode[];
  model?: ModelCstNode[];
  headlessModel?: HeadlessModelCstNode[];
  member?: MemberCstNode[];
  separator?: SeparatorCstNode[];
  stray?: StrayCstNode[];
  RBrace?: IToken[];
  EOF: IToken[];
};

export interface ImportDeclarationCstNode extends CstNode {
  name: "importDeclaration";
  children: ImportDeclarationCstChildren;
}

export type ImportDeclarationCstChildren = {
  Import: IToken[];
  Name: IToken[];
  Comma?: IToken[];
  From: IToken[];
  StringLiteral: IToken[];
};

export interface ModelCstNode extends CstNode {
  name: "model";
  children: ModelCstChildren;
}

export type ModelCstChildren = {
  BlockKeyword: IToken[];
  Name: IToken[];
  fitted?: FittedCstNode[];
  ancestry?: AncestryCstNode[];
  headerRest: HeaderRestCstNode[];
  block: BlockCstNode[];
};

export interface HeaderRestCstNode extends CstNode {
  name: "headerRest";
  children: HeaderRestCstChildren;
}

export type HeaderRestCstChildren = {
  Anything?: IToken[];
};

export interface HeadlessModelCstNode extends CstNode {
  name: "headlessModel";
  children: HeadlessModelCstChildren;
}

export type HeadlessModelCstChildren = {
  Name: IToken[];
  ancestry?: AncestryCstNode[];
  block: BlockCstNode[];
};

export interface AncestryCstNode extends CstNode {
  name: "ancestry";
  children: AncestryCstChildren;
}

export type AncestryCstChildren = {
  Extends?: IToken[];
  Of?: IToken[];
  Name: IToken[];
};

export interface FittedCstNode extends CstNode {
  name: "fitted";
  children: FittedCstChildren;
}

export type FittedCstChildren = {
  Of: IToken[];
  variant: (VariantCstNode)[];
  Comma?: IToken[];
};

export interface BlockCstNode extends CstNode {
  name: "block";
  children: BlockCstChildren;
}

export type BlockCstChildren = {
  LBrace: (IToken)[];
  member?: MemberCstNode[];
  separator?: SeparatorCstNode[];
  stray?: StrayCstNode[];
  RBrace: IToken[];
};

export interface SeparatorCstNode extends CstNode {
  name: "separator";
  children: SeparatorCstChildren;
}

export type SeparatorCstChildren = {
  Semicolon?: IToken[];
  Comma?: IToken[];
};

export interface MemberCstNode extends CstNode {
  name: "member";
  children: MemberCstChildren;
}

export type MemberCstChildren = {
  quantities?: QuantitiesCstNode[];
  index?: IndexCstNode[];
  functionDeclaration?: FunctionDeclarationCstNode[];
  noise?: NoiseCstNode[];
  use?: UseCstNode[];
  spike?: SpikeCstNode[];
  event?: EventCstNode[];
  resetBlock?: ResetBlockCstNode[];
  refractory?: RefractoryCstNode[];
  population?: PopulationCstNode[];
  periodic?: PeriodicCstNode[];
  interpret?: InterpretCstNode[];
  directive?: DirectiveCstNode[];
  method?: MethodCstNode[];
  precise?: PreciseCstNode[];
  record?: RecordCstNode[];
  connect?: ConnectCstNode[];
  variants?: VariantsCstNode[];
  under?: UnderCstNode[];
  measures?: MeasuresCstNode[];
  comparedTo?: ComparedToCstNode[];
  seeds?: SeedsCstNode[];
  sweep?: SweepCstNode[];
  free?: FreeCstNode[];
  windows?: WindowsCstNode[];
  evaluations?: EvaluationsCstNode[];
  statement?: StatementCstNode[];
};

export interface QuantitiesCstNode extends CstNode {
  name: "quantities";
  children: QuantitiesCstChildren;
}

export type QuantitiesCstChildren = {
  QuantityKeyword?: IToken[];
  Single?: IToken[];
  Weight?: IToken[];
  quantity: (QuantityCstNode)[];
  Comma?: IToken[];
};

export interface QuantityCstNode extends CstNode {
  name: "quantity";
  children: QuantityCstChildren;
}

export type QuantityCstChildren = {
  Name: (IToken)[];
  LSquare?: IToken[];
  Comma?: IToken[];
  RSquare?: IToken[];
  Colon?: IToken[];
  unitAnnotation?: UnitAnnotationCstNode[];
  AssignmentOperator?: IToken[];
  expression?: (ExpressionCstNode)[];
};

export interface IndexCstNode extends CstNode {
  name: "index";
  children: IndexCstChildren;
}

export type IndexCstChildren = {
  Index: IToken[];
  Name: IToken[];
  Equals: IToken[];
  expression: (ExpressionCstNode)[];
  DotDot: IToken[];
};

export interface FunctionDeclarationCstNode extends CstNode {
  name: "functionDeclaration";
  children: FunctionDeclarationCstChildren;
}

export type FunctionDeclarationCstChildren = {
  Function: IToken[];
  Name: IToken[];
  LParen: IToken[];
  functionParameter?: FunctionParameterCstNode[];
  Comma?: IToken[];
  RParen: IToken[];
  Colon?: IToken[];
  unitAnnotation?: UnitAnnotationCstNode[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface FunctionParameterCstNode extends CstNode {
  name: "functionParameter";
  children: FunctionParameterCstChildren;
}

export type FunctionParameterCstChildren = {
  Name: IToken[];
  Colon?: IToken[];
  unitAnnotation?: UnitAnnotationCstNode[];
};

export interface NoiseCstNode extends CstNode {
  name: "noise";
  children: NoiseCstChildren;
}

export type NoiseCstChildren = {
  Noise: IToken[];
  Name: (IToken)[];
  Comma?: IToken[];
};

export interface InterpretCstNode extends CstNode {
  name: "interpret";
  children: InterpretCstChildren;
}

export type InterpretCstChildren = {
  Interpret: IToken[];
  Name: IToken[];
};

export interface UseCstNode extends CstNode {
  name: "use";
  children: UseCstChildren;
}

export type UseCstChildren = {
  Use: IToken[];
  Name: (IToken)[];
  As?: IToken[];
  assignments?: AssignmentsCstNode[];
};

export interface SpikeCstNode extends CstNode {
  name: "spike";
  children: SpikeCstChildren;
}

export type SpikeCstChildren = {
  Spike: IToken[];
  When?: IToken[];
  expression?: (ExpressionCstNode)[];
  With?: IToken[];
  Rate?: IToken[];
  If?: IToken[];
};

export interface EventCstNode extends CstNode {
  name: "event";
  children: EventCstChildren;
}

export type EventCstChildren = {
  On: IToken[];
  expression: ExpressionCstNode[];
  statement?: StatementCstNode[];
  assignments?: AssignmentsCstNode[];
};

export interface PeriodicCstNode extends CstNode {
  name: "periodic";
  children: PeriodicCstChildren;
}

export type PeriodicCstChildren = {
  Every: IToken[];
  expression: ExpressionCstNode[];
  From?: IToken[];
  from?: ExpressionCstNode[];
  until?: IToken[];
  to?: ExpressionCstNode[];
  assignments: AssignmentsCstNode[];
};

export interface ResetBlockCstNode extends CstNode {
  name: "resetBlock";
  children: ResetBlockCstChildren;
}

export type ResetBlockCstChildren = {
  Reset: IToken[];
  statement?: StatementCstNode[];
  assignments?: AssignmentsCstNode[];
};

export interface AssignmentsCstNode extends CstNode {
  name: "assignments";
  children: AssignmentsCstChildren;
}

export type AssignmentsCstChildren = {
  LBrace: IToken[];
  locals?: LocalsCstNode[];
  statement?: StatementCstNode[];
  separator?: SeparatorCstNode[];
  stray?: StrayCstNode[];
  RBrace: IToken[];
};

export interface LocalsCstNode extends CstNode {
  name: "locals";
  children: LocalsCstChildren;
}

export type LocalsCstChildren = {
  Let: IToken[];
  quantity: (QuantityCstNode)[];
  Comma?: IToken[];
};

export interface RefractoryCstNode extends CstNode {
  name: "refractory";
  children: RefractoryCstChildren;
}

export type RefractoryCstChildren = {
  Refractory: IToken[];
  expression: ExpressionCstNode[];
  LBrace?: IToken[];
  holdOrDrop?: HoldOrDropCstNode[];
  separator?: SeparatorCstNode[];
  stray?: StrayCstNode[];
  RBrace?: IToken[];
};

export interface HoldOrDropCstNode extends CstNode {
  name: "holdOrDrop";
  children: HoldOrDropCstChildren;
}

export type HoldOrDropCstChildren = {
  Hold?: IToken[];
  Drop?: IToken[];
  All?: IToken[];
  target?: (TargetCstNode)[];
  Comma?: IToken[];
};

export interface PopulationCstNode extends CstNode {
  name: "population";
  children: PopulationCstChildren;
}

export type PopulationCstChildren = {
  Population: IToken[];
  Name: (IToken)[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
  arguments?: ArgumentsCstNode[];
  assignments?: AssignmentsCstNode[];
};

export interface ConnectCstNode extends CstNode {
  name: "connect";
  children: ConnectCstChildren;
}

export type ConnectCstChildren = {
  Connect: IToken[];
  sources?: EndpointsCstNode[];
  direction?: DirectionCstNode[];
  targets?: EndpointsCstNode[];
  By?: IToken[];
  conveyance?: ConveyanceCstNode[];
  connectionPart?: ConnectionPartCstNode[];
};

export interface EndpointsCstNode extends CstNode {
  name: "endpoints";
  children: EndpointsCstChildren;
}

export type EndpointsCstChildren = {
  endpoint: (EndpointCstNode)[];
  Comma?: IToken[];
};

export interface EndpointCstNode extends CstNode {
  name: "endpoint";
  children: EndpointCstChildren;
}

export type EndpointCstChildren = {
  Name: IToken[];
  slice?: SliceCstNode[];
};

export interface DirectionCstNode extends CstNode {
  name: "direction";
  children: DirectionCstChildren;
}

export type DirectionCstChildren = {
  Identifier?: IToken[];
  RightArrow?: IToken[];
  BinaryOperator?: IToken[];
};

export interface ConveyanceCstNode extends CstNode {
  name: "conveyance";
  children: ConveyanceCstChildren;
}

export type ConveyanceCstChildren = {
  By?: IToken[];
  With?: IToken[];
  Identifier?: IToken[];
  Name: IToken[];
};

export interface ConnectionPartCstNode extends CstNode {
  name: "connectionPart";
  children: ConnectionPartCstChildren;
}

export type ConnectionPartCstChildren = {
  alias?: AliasCstNode[];
  assignments?: AssignmentsCstNode[];
  condition?: ConditionCstNode[];
  allowance?: AllowanceCstNode[];
  rule?: RuleCstNode[];
  stray?: StrayCstNode[];
};

export interface AliasCstNode extends CstNode {
  name: "alias";
  children: AliasCstChildren;
}

export type AliasCstChildren = {
  As: IToken[];
  Name: IToken[];
};

export interface ConditionCstNode extends CstNode {
  name: "condition";
  children: ConditionCstChildren;
}

export type ConditionCstChildren = {
  Where?: IToken[];
  When?: IToken[];
  If?: IToken[];
  expression: ExpressionCstNode[];
};

export interface AllowanceCstNode extends CstNode {
  name: "allowance";
  children: AllowanceCstChildren;
}

export type AllowanceCstChildren = {
  Allow: IToken[];
  Name: (IToken)[];
  Comma?: IToken[];
};

export interface RuleCstNode extends CstNode {
  name: "rule";
  children: RuleCstChildren;
}

export type RuleCstChildren = {
  Name: IToken[];
  arguments?: ArgumentsCstNode[];
  argument?: ArgumentCstNode[];
};

export interface DirectiveCstNode extends CstNode {
  name: "directive";
  children: DirectiveCstChildren;
}

export type DirectiveCstChildren = {
  DirectiveWord: IToken[];
  expression: ExpressionCstNode[];
};

export interface MethodCstNode extends CstNode {
  name: "method";
  children: MethodCstChildren;
}

export type MethodCstChildren = {
  Method: IToken[];
  Name: IToken[];
  arguments?: ArgumentsCstNode[];
};

export interface PreciseCstNode extends CstNode {
  name: "precise";
  children: PreciseCstChildren;
}

export type PreciseCstChildren = {
  Spikes: IToken[];
  Precise: IToken[];
};

export interface RecordCstNode extends CstNode {
  name: "record";
  children: RecordCstChildren;
}

export type RecordCstChildren = {
  Record: IToken[];
  recordTarget: RecordTargetCstNode[];
  Comma?: IToken[];
  Every?: IToken[];
  expression?: ExpressionCstNode[];
};

export interface RecordTargetCstNode extends CstNode {
  name: "recordTarget";
  children: RecordTargetCstChildren;
}

export type RecordTargetCstChildren = {
  recordSegment: RecordSegmentCstNode[];
  Dot?: IToken[];
};

export interface RecordSegmentCstNode extends CstNode {
  name: "recordSegment";
  children: RecordSegmentCstChildren;
}

export type RecordSegmentCstChildren = {
  Name: IToken[];
  slice?: SliceCstNode[];
};

export interface SliceCstNode extends CstNode {
  name: "slice";
  children: SliceCstChildren;
}

export type SliceCstChildren = {
  LSquare: IToken[];
  expression: (ExpressionCstNode)[];
  DotDot?: IToken[];
  RSquare: IToken[];
};

export interface VariantsCstNode extends CstNode {
  name: "variants";
  children: VariantsCstChildren;
}

export type VariantsCstChildren = {
  VariantsWord: (IToken)[];
  variant?: (VariantCstNode)[];
  Comma?: IToken[];
};

export interface VariantCstNode extends CstNode {
  name: "variant";
  children: VariantCstChildren;
}

export type VariantCstChildren = {
  Name: IToken[];
  variantBlock?: VariantBlockCstNode[];
  As?: IToken[];
  StringLiteral?: IToken[];
};

export interface VariantBlockCstNode extends CstNode {
  name: "variantBlock";
  children: VariantBlockCstChildren;
}

export type VariantBlockCstChildren = {
  LBrace: IToken[];
  member?: MemberCstNode[];
  separator?: SeparatorCstNode[];
  stray?: StrayCstNode[];
  RBrace: IToken[];
};

export interface UnderCstNode extends CstNode {
  name: "under";
  children: UnderCstChildren;
}

export type UnderCstChildren = {
  Under: (IToken)[];
  Name?: (IToken)[];
  Comma?: IToken[];
};

export interface MeasuresCstNode extends CstNode {
  name: "measures";
  children: MeasuresCstChildren;
}

export type MeasuresCstChildren = {
  Measure: (IToken)[];
  measure?: (MeasureCstNode)[];
  Comma?: IToken[];
};

export interface MeasureCstNode extends CstNode {
  name: "measure";
  children: MeasureCstChildren;
}

export type MeasureCstChildren = {
  Minus?: IToken[];
  NumberLiteral?: IToken[];
  Star?: IToken[];
  Name: IToken[];
  LParen?: IToken[];
  measureArgument?: MeasureArgumentCstNode[];
  Comma?: IToken[];
  RParen?: IToken[];
};

export interface MeasureArgumentCstNode extends CstNode {
  name: "measureArgument";
  children: MeasureArgumentCstChildren;
}

export type MeasureArgumentCstChildren = {
  Name?: IToken[];
  Colon?: IToken[];
  recordTarget?: RecordTargetCstNode[];
  expression?: ExpressionCstNode[];
};

export interface ComparedToCstNode extends CstNode {
  name: "comparedTo";
  children: ComparedToCstChildren;
}

export type ComparedToCstChildren = {
  Reference: IToken[];
  expression: ExpressionCstNode[];
};

export interface SeedsCstNode extends CstNode {
  name: "seeds";
  children: SeedsCstChildren;
}

export type SeedsCstChildren = {
  Seeds: IToken[];
  expression: ExpressionCstNode[];
};

export interface SweepCstNode extends CstNode {
  name: "sweep";
  children: SweepCstChildren;
}

export type SweepCstChildren = {
  Sweep: IToken[];
  target: TargetCstNode[];
  Over?: IToken[];
  Tilde?: IToken[];
  expression: (ExpressionCstNode)[];
  DotDot?: IToken[];
  sweepCount?: SweepCountCstNode[];
};

export interface SweepCountCstNode extends CstNode {
  name: "sweepCount";
  children: SweepCountCstChildren;
}

export type SweepCountCstChildren = {
  In: IToken[];
  expression: ExpressionCstNode[];
  Logarithmic?: IToken[];
  Steps?: IToken[];
  Draws?: IToken[];
};

export interface FreeCstNode extends CstNode {
  name: "free";
  children: FreeCstChildren;
}

export type FreeCstChildren = {
  Free: (IToken)[];
  freeNumber?: (FreeNumberCstNode)[];
  Comma?: IToken[];
};

export interface FreeNumberCstNode extends CstNode {
  name: "freeNumber";
  children: FreeNumberCstChildren;
}

export type FreeNumberCstChildren = {
  target: TargetCstNode[];
  In: IToken[];
  range: RangeCstNode[];
  Logarithmic?: IToken[];
};

export interface RangeCstNode extends CstNode {
  name: "range";
  children: RangeCstChildren;
}

export type RangeCstChildren = {
  expression: (ExpressionCstNode)[];
  DotDot: IToken[];
};

export interface PartCstNode extends CstNode {
  name: "part";
  children: PartCstChildren;
}

export type PartCstChildren = {
  expression: (ExpressionCstNode)[];
  DotDot?: IToken[];
};

export interface WindowsCstNode extends CstNode {
  name: "windows";
  children: WindowsCstChildren;
}

export type WindowsCstChildren = {
  WindowWord: IToken[];
  part: (PartCstNode)[];
  Comma?: IToken[];
};

export interface EvaluationsCstNode extends CstNode {
  name: "evaluations";
  children: EvaluationsCstChildren;
}

export type EvaluationsCstChildren = {
  Evaluations: IToken[];
  expression: ExpressionCstNode[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  target: TargetCstNode[];
  Comma?: IToken[];
  Slash?: IToken[];
  Identifier?: IToken[];
  Prime?: IToken[];
  AssignmentOperator?: IToken[];
  expression?: ExpressionCstNode[];
  Colon?: IToken[];
  unitAnnotation?: UnitAnnotationCstNode[];
  rest?: RestCstNode[];
};

export interface StrayCstNode extends CstNode {
  name: "stray";
  children: StrayCstChildren;
}

export type StrayCstChildren = {
  braced?: BracedCstNode[];
  Stray?: IToken[];
  rest: RestCstNode[];
};

export interface RestCstNode extends CstNode {
  name: "rest";
  children: RestCstChildren;
}

export type RestCstChildren = {
  braced?: BracedCstNode[];
  Anything?: IToken[];
};

export interface BracedCstNode extends CstNode {
  name: "braced";
  children: BracedCstChildren;
}

export type BracedCstChildren = {
  LBrace: IToken[];
  braced?: BracedCstNode[];
  Anything?: IToken[];
  RBrace: IToken[];
};

export interface TargetCstNode extends CstNode {
  name: "target";
  children: TargetCstChildren;
}

export type TargetCstChildren = {
  sliced?: IToken[];
  slice?: SliceCstNode[];
  behind?: IToken[];
  Name: IToken[];
  Dot?: IToken[];
  subscript?: SubscriptCstNode[];
};

export interface SubscriptCstNode extends CstNode {
  name: "subscript";
  children: SubscriptCstChildren;
}

export type SubscriptCstChildren = {
  LSquare: IToken[];
  expression: ExpressionCstNode[];
  Comma?: IToken[];
  RSquare: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  operand: (OperandCstNode)[];
  BinaryOperator?: IToken[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  PrefixOperator?: IToken[];
  NumberLiteral?: IToken[];
  unitHere?: UnitHereCstNode[];
  reference?: ReferenceCstNode[];
  parenthesised?: ParenthesisedCstNode[];
  arrayLiteral?: ArrayLiteralCstNode[];
  conditional?: ConditionalCstNode[];
  StringLiteral?: IToken[];
};

export interface UnitHereCstNode extends CstNode {
  name: "unitHere";
  children: UnitHereCstChildren;
}

export type UnitHereCstChildren = {
  Unit?: IToken[];
  UnknownUnit?: IToken[];
};

export interface ReferenceCstNode extends CstNode {
  name: "reference";
  children: ReferenceCstChildren;
}

export type ReferenceCstChildren = {
  Name: IToken[];
  Dot?: IToken[];
  arguments?: ArgumentsCstNode[];
  subscript?: SubscriptCstNode[];
  Prime?: IToken[];
};

export interface ArgumentsCstNode extends CstNode {
  name: "arguments";
  children: ArgumentsCstChildren;
}

export type ArgumentsCstChildren = {
  LParen: IToken[];
  argument?: ArgumentCstNode[];
  Comma?: IToken[];
  RParen: IToken[];
};

export interface ArgumentCstNode extends CstNode {
  name: "argument";
  children: ArgumentCstChildren;
}

export type ArgumentCstChildren = {
  expression: (ExpressionCstNode)[];
  Colon?: IToken[];
};

export interface ParenthesisedCstNode extends CstNode {
  name: "parenthesised";
  children: ParenthesisedCstChildren;
}

export type ParenthesisedCstChildren = {
  LParen: IToken[];
  expression: ExpressionCstNode[];
  RParen: IToken[];
};

export interface ArrayLiteralCstNode extends CstNode {
  name: "arrayLiteral";
  children: ArrayLiteralCstChildren;
}

export type ArrayLiteralCstChildren = {
  LSquare: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  RSquare: IToken[];
  unitHere: UnitHereCstNode[];
};

export interface ConditionalCstNode extends CstNode {
  name: "conditional";
  children: ConditionalCstChildren;
}

export type ConditionalCstChildren = {
  If: IToken[];
  expression: (ExpressionCstNode)[];
  Then: IToken[];
  Else: IToken[];
};

export interface UnitAnnotationCstNode extends CstNode {
  name: "unitAnnotation";
  children: UnitAnnotationCstChildren;
}

export type UnitAnnotationCstChildren = {
  Slash?: (IToken)[];
  unitFactor: (UnitFactorCstNode)[];
  Star?: IToken[];
};

export interface UnitFactorCstNode extends CstNode {
  name: "unitFactor";
  children: UnitFactorCstChildren;
}

export type UnitFactorCstChildren = {
  Name?: IToken[];
  unitInParentheses?: (UnitInParenthesesCstNode)[];
  unitNumber?: (UnitNumberCstNode)[];
  Percent?: IToken[];
  Caret?: IToken[];
  unitExponent?: (UnitExponentCstNode)[];
  LParen?: IToken[];
  Slash?: IToken[];
  RParen?: IToken[];
};

export interface UnitInParenthesesCstNode extends CstNode {
  name: "unitInParentheses";
  children: UnitInParenthesesCstChildren;
}

export type UnitInParenthesesCstChildren = {
  LParen: IToken[];
  unitAnnotation: UnitAnnotationCstNode[];
  RParen: IToken[];
};

export interface UnitExponentCstNode extends CstNode {
  name: "unitExponent";
  children: UnitExponentCstChildren;
}

export type UnitExponentCstChildren = {
  Minus?: IToken[];
  unitNumber: UnitNumberCstNode[];
};

export interface UnitNumberCstNode extends CstNode {
  name: "unitNumber";
  children: UnitNumberCstChildren;
}

export type UnitNumberCstChildren = {
  NumberLiteral: IToken[];
  Unit?: IToken[];
};
