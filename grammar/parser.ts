// The productions: what a .glif file may look like. They take in more than the language has (any member in any block, any
// assignment operator, a missing keyword), so that what is wrong can be named by whoever builds the tree; meaning lives there.
import type { IParserConfig, IToken, TokenType } from "chevrotain";
import { isBareRule } from "../src/runtime/rules.ts";
import { CstParser, EOF, tokenMatcher } from "./chevrotain.ts";
import {
  All, Allow, Anything, Arrow, As, AssignmentOperator, BinaryOperator, BlockKeyword, By, Caret, Colon, Comma, Connect, DirectiveWord, Dot, DotDot, Draws, Drop, Duration,
  Else, Equals, Evaluations, Every, Extends, Fit, Free, From, FunctionKeyword, Hold, Identifier, If, Import, In, Index, Interpret, LBrace, LParen, LSquare, Let, Logarithmic, Measure, Method, Minus, Models,
  Name, Networks, Noise, NumberLiteral, Of, On, Over, Percent, PlusEquals, Population, Precise, PrefixOperator, Prime, QuantityKeyword, RBrace, RParen, RSquare, Rate, Record,
  Reference, Refractory, Reset, RightArrow, Seed, Seeds, Semicolon, Single, Slash, Spike, Spikes, Star, Step, Steps, StringLiteral, Stray, Sweep, Test, Then, Tilde, Train, Under, Unit,
  UnknownUnit, Use, VariantsWord, Weight, When, Where, Window, WindowWord, With, vocabulary,
} from "./tokens.ts"; // prettier-ignore

/**
 * One token of lookahead decides, and a gate where it does not: computing more (`maxLookahead: 2`) triples the time to start.
 * Tokens must carry `startLine`, and as `startColumn` the indentation of their line: in a few places a line's end decides.
 */
export class GlifParser extends CstParser {
  constructor(config: Pick<IParserConfig, "errorMessageProvider" | "skipValidations" | "recoveryEnabled">) {
    super(vocabulary, { ...config, maxLookahead: 1, nodeLocationTracking: "onlyOffset" });
    this.performSelfAnalysis();
  }

  readonly modelFile = this.RULE("modelFile", () => {
    this.MANY(() => {
      this.OR({
        IGNORE_AMBIGUITIES: true,
        DEF: [
          { ALT: () => this.SUBRULE(this.importDeclaration) },
          { ALT: () => this.SUBRULE(this.model) },
          { GATE: () => this.#opensHeadlessModel(), ALT: () => this.SUBRULE(this.headlessModel) },
          { ALT: () => this.SUBRULE(this.member) },
          { ALT: () => this.SUBRULE(this.separator) },
          { ALT: () => this.SUBRULE(this.stray) },
          { ALT: () => this.CONSUME(RBrace) },
        ],
      });
    });
    this.CONSUME(EOF);
  });

  /** `import A, B from "file.glif"` */
  readonly importDeclaration = this.RULE("importDeclaration", () => {
    this.CONSUME(Import);
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => this.CONSUME(Name) });
    this.CONSUME(From);
    this.CONSUME(StringLiteral);
  });

  /** `neuron GLIF extends LIF { … }`, `experiment Noisy of Coupled { … }`, `fit Cell of GLIF, LIF { … }` */
  readonly model = this.RULE("model", () => {
    const keyword = this.CONSUME(BlockKeyword);
    this.CONSUME(Name);
    this.OPTION({ GATE: () => keyword.tokenType === Fit, DEF: () => this.SUBRULE(this.fitted) });
    this.OPTION2({ GATE: () => keyword.tokenType !== Fit, DEF: () => this.SUBRULE(this.ancestry) });
    this.SUBRULE(this.headerRest);
    this.SUBRULE(this.block);
  });

  /** Whatever else stands before the brace. */
  readonly headerRest = this.RULE("headerRest", () => {
    this.MANY({
      GATE: () => this.#onSameLine() && (tokenMatcher(this.LA(1), Name) || tokenMatcher(this.LA(1), Stray)),
      DEF: () => this.CONSUME(Anything),
    });
  });

  readonly headlessModel = this.RULE("headlessModel", () => {
    this.CONSUME(Name);
    this.OPTION(() => this.SUBRULE(this.ancestry));
    this.SUBRULE(this.block);
  });

  readonly ancestry = this.RULE("ancestry", () => {
    this.OR([{ ALT: () => this.CONSUME(Extends) }, { ALT: () => this.CONSUME(Of) }]);
    this.CONSUME(Name);
  });

  /** `of GLIF, GLIF { δΘ_s = 0 mV } as "fixed threshold"` */
  readonly fitted = this.RULE("fitted", () => {
    this.CONSUME(Of);
    this.SUBRULE(this.variant, { ARGS: [true] });
    this.MANY(() => {
      this.CONSUME(Comma);
      this.SUBRULE2(this.variant, { ARGS: [true] });
    });
  });

  readonly block = this.RULE("block", () => {
    this.CONSUME(LBrace);
    this.MANY2(() => this.CONSUME2(LBrace));
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.member) },
        { ALT: () => this.SUBRULE(this.separator) },
        { ALT: () => this.SUBRULE(this.stray) },
      ]);
    });
    this.CONSUME(RBrace);
  });

  readonly separator = this.RULE("separator", () => {
    this.OR([{ ALT: () => this.CONSUME(Semicolon) }, { ALT: () => this.CONSUME(Comma) }]);
  });

  readonly member = this.RULE("member", () => {
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.#declares(), ALT: () => this.SUBRULE(this.quantities) },
        { ALT: () => this.SUBRULE(this.index) },
        { ALT: () => this.SUBRULE(this.functionDeclaration) },
        { ALT: () => this.SUBRULE(this.noise) },
        { ALT: () => this.SUBRULE(this.use) },
        { ALT: () => this.SUBRULE(this.spike) },
        { ALT: () => this.SUBRULE(this.event) },
        { ALT: () => this.SUBRULE(this.resetBlock) },
        { ALT: () => this.SUBRULE(this.refractory) },
        { ALT: () => this.SUBRULE(this.population) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.periodic) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.interpret) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.directive) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.method) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.precise) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.record) },
        { GATE: () => this.#opensConnection(), ALT: () => this.SUBRULE(this.connect) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.variants) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.under) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.measures) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.comparedTo) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.seeds) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.sweep) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.free) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.windows) },
        { GATE: () => this.#wordOpens(), ALT: () => this.SUBRULE(this.evaluations) },
        { ALT: () => this.SUBRULE(this.statement) },
      ],
    });
  });

  /** `param b_s = 0.02 /ms, δΘ_s = 2.0 mV`, `single weight w : pA` */
  readonly quantities = this.RULE("quantities", () => {
    this.OR([
      { ALT: () => this.CONSUME(QuantityKeyword) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(Single));
          this.CONSUME(Weight);
        },
      },
    ]);
    this.SUBRULE(this.quantity);
    this.MANY({
      GATE: () => this.#itemFollows(),
      DEF: () => {
        this.CONSUME(Comma);
        this.SUBRULE2(this.quantity);
      },
    });
  });

  /** `I[j] : pA = 0 pA` */
  readonly quantity = this.RULE("quantity", () => {
    this.CONSUME(Name);
    this.OPTION(() => {
      this.CONSUME(LSquare);
      this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => this.CONSUME2(Name) });
      this.CONSUME(RSquare);
    });
    this.OPTION2(() => {
      this.CONSUME(Colon);
      this.SUBRULE(this.unitAnnotation);
    });
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(AssignmentOperator);
            this.SUBRULE(this.expression);
          },
        },
        // `param C 58 pF`: the value without its `=`
        { GATE: () => this.#onSameLine() && this.#opensOperand(this.LA(1)), ALT: () => this.SUBRULE2(this.expression) },
        { ALT: () => undefined },
      ],
    });
  });

  /** `index j = 1..2` */
  readonly index = this.RULE("index", () => {
    this.CONSUME(Index);
    this.CONSUME(Name);
    this.CONSUME(Equals);
    this.SUBRULE(this.expression);
    this.CONSUME(DotDot);
    this.SUBRULE2(this.expression);
  });

  /** `function f(V : mV) : /ms = V/τ` */
  readonly functionDeclaration = this.RULE("functionDeclaration", () => {
    this.CONSUME(FunctionKeyword);
    this.CONSUME(Name);
    this.CONSUME(LParen);
    this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.functionParameter) });
    this.CONSUME(RParen);
    this.OPTION(() => {
      this.CONSUME(Colon);
      this.SUBRULE(this.unitAnnotation);
    });
    this.CONSUME(Equals);
    this.SUBRULE(this.expression);
  });

  readonly functionParameter = this.RULE("functionParameter", () => {
    this.CONSUME(Name);
    this.OPTION(() => {
      this.CONSUME(Colon);
      this.SUBRULE(this.unitAnnotation);
    });
  });

  /** `noise ξ_1, ξ_2` */
  readonly noise = this.RULE("noise", () => {
    this.CONSUME(Noise);
    this.CONSUME(Name);
    this.MANY({
      GATE: () => this.#itemFollows(),
      DEF: () => {
        this.CONSUME(Comma);
        this.CONSUME2(Name);
      },
    });
  });

  /** `interpret Itô` */
  readonly interpret = this.RULE("interpret", () => {
    this.CONSUME(Interpret);
    this.CONSUME(Name);
  });

  /** `use Sodium as fast { g_max = 20 nS }` */
  readonly use = this.RULE("use", () => {
    this.CONSUME(Use);
    this.CONSUME(Name);
    this.OPTION({
      GATE: () => this.#onSameLine(),
      DEF: () => {
        this.CONSUME(As);
        this.CONSUME2(Name);
      },
    });
    this.OPTION2(() => this.SUBRULE(this.assignments));
  });

  /** `spike when V > Θ`, `spike with rate ρ` */
  readonly spike = this.RULE("spike", () => {
    this.CONSUME(Spike);
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(When);
            this.SUBRULE(this.expression);
          },
        },
        {
          ALT: () => {
            this.CONSUME(With);
            this.CONSUME(Rate);
            this.SUBRULE2(this.expression);
          },
        },
        {
          ALT: () => {
            this.CONSUME(If);
            this.SUBRULE3(this.expression);
          },
        },
        { ALT: () => this.SUBRULE4(this.expression) },
      ],
    });
  });

  /** `on CONDITION { … }` */
  readonly event = this.RULE("event", () => {
    this.CONSUME(On);
    this.SUBRULE(this.expression);
    this.OR([
      { GATE: () => this.#onSameLine(), ALT: () => this.SUBRULE(this.statement) },
      { ALT: () => this.SUBRULE(this.assignments) },
    ]);
  });

  /** `every 100 ms from 1 s to 5 s { … }` */
  readonly periodic = this.RULE("periodic", () => {
    this.CONSUME(Every);
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(From);
      this.SUBRULE2(this.expression, { LABEL: "from" });
    });
    this.OPTION2({
      GATE: () => this.LA(1).image === "to",
      DEF: () => {
        this.CONSUME(Name, { LABEL: "until" });
        this.SUBRULE3(this.expression, { LABEL: "to" });
      },
    });
    this.SUBRULE(this.assignments);
  });

  /** `reset { V <- E_L }` */
  readonly resetBlock = this.RULE("resetBlock", () => {
    this.CONSUME(Reset);
    this.OR([
      { GATE: () => this.#onSameLine(), ALT: () => this.SUBRULE(this.statement) },
      { ALT: () => this.SUBRULE(this.assignments) },
    ]);
  });

  /** The body of a reset, an event, a use, a population or a connection; of an event it may have names of its own, `let u ~ uniform(0, 1)`. */
  readonly assignments = this.RULE("assignments", (ofConnection?: boolean) => {
    const brace = this.CONSUME(LBrace);
    this.MANY({
      GATE: () => !this.#leavesAssignments(brace) && !(ofConnection === true && this.#leavesSettings()),
      DEF: () =>
        this.OR([
          { ALT: () => this.SUBRULE(this.locals) },
          { ALT: () => this.SUBRULE(this.statement) },
          { ALT: () => this.SUBRULE(this.separator) },
          { ALT: () => this.SUBRULE(this.stray) },
        ]),
    });
    this.CONSUME(RBrace);
  });

  /** `let u ~ uniform(0, 1)`, `let a = V - E_L, b = a/τ` */
  readonly locals = this.RULE("locals", () => {
    this.CONSUME(Let);
    this.SUBRULE(this.quantity);
    this.MANY({
      GATE: () => this.#itemFollows(),
      DEF: () => {
        this.CONSUME(Comma);
        this.SUBRULE2(this.quantity);
      },
    });
  });

  /** `refractory t_ref { hold V, I; drop I_syn }` */
  readonly refractory = this.RULE("refractory", () => {
    this.CONSUME(Refractory);
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(LBrace);
      this.MANY(() => {
        this.OR([
          { ALT: () => this.SUBRULE(this.holdOrDrop) },
          { ALT: () => this.SUBRULE(this.separator) },
          { ALT: () => this.SUBRULE(this.stray) },
        ]);
      });
      this.CONSUME(RBrace);
    });
  });

  readonly holdOrDrop = this.RULE("holdOrDrop", () => {
    this.OR([{ ALT: () => this.CONSUME(Hold) }, { ALT: () => this.CONSUME(Drop) }]);
    this.OR2({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.CONSUME(All) },
        {
          ALT: () => {
            this.SUBRULE(this.target);
            this.MANY({
              GATE: () => !this.#wordFollows(Hold) && !this.#wordFollows(Drop),
              DEF: () => {
                this.CONSUME(Comma);
                this.SUBRULE2(this.target);
              },
            });
          },
        },
      ],
    });
  });

  /** `population E = 800 GLIF { … }`, `population P = 100 poisson(8 Hz)` */
  readonly population = this.RULE("population", () => {
    this.CONSUME(Population);
    this.CONSUME(Name);
    this.CONSUME(Equals);
    this.SUBRULE(this.expression);
    this.OPTION({ GATE: () => this.#onSameLine(), DEF: () => this.CONSUME2(Name) });
    this.OPTION2(() => this.SUBRULE(this.arguments));
    this.OPTION3(() => this.SUBRULE(this.assignments));
  });

  /** `connect E, I[0..9] -> E by ExpConductance as exc { … } random(p: 0.1) where i < j allow self`, over any number of lines. */
  readonly connect = this.RULE("connect", () => {
    this.CONSUME(Connect);
    this.OPTION(() => this.SUBRULE(this.endpoints, { LABEL: "sources" }));
    this.OPTION2({
      GATE: () => !tokenMatcher(this.LA(1), Name) || this.#isTo(),
      DEF: () => this.SUBRULE(this.direction),
    });
    this.OPTION3({
      GATE: () => this.#connectionGoesOn() && !this.#conveys(),
      DEF: () => this.SUBRULE2(this.endpoints, { LABEL: "targets" }),
    });
    // `by` and the rule on the next line: the synapse is missing
    this.OPTION5({ GATE: () => this.#conveysNothing(), DEF: () => this.CONSUME(By) });
    this.OPTION4({
      GATE: () => this.#connectionGoesOn() && (this.#opensConveyance() || this.#namesSynapse()),
      DEF: () => this.SUBRULE(this.conveyance),
    });
    this.MANY({
      GATE: () => this.#connectionGoesOn(),
      DEF: () => this.SUBRULE(this.connectionPart),
    });
  });

  /** `E, I[0..9]` */
  readonly endpoints = this.RULE("endpoints", () => {
    this.SUBRULE(this.endpoint);
    this.MANY(() => {
      this.CONSUME(Comma);
      this.OPTION({
        GATE: () => this.#connectionGoesOn() && !this.#conveys(),
        DEF: () => this.SUBRULE2(this.endpoint),
      });
    });
  });

  readonly endpoint = this.RULE("endpoint", () => {
    this.CONSUME(Name);
    this.OPTION(() => this.SUBRULE(this.slice));
  });

  /** `->`, and what is written for it elsewhere. */
  readonly direction = this.RULE("direction", () => {
    this.OR([
      { ALT: () => this.CONSUME(Identifier) },
      {
        ALT: () =>
          this.AT_LEAST_ONE(() => {
            this.OR2([{ ALT: () => this.CONSUME(RightArrow) }, { ALT: () => this.CONSUME(BinaryOperator) }]);
          }),
      },
    ]);
  });

  /** `by ExpConductance` */
  readonly conveyance = this.RULE("conveyance", () => {
    this.OPTION({
      GATE: () => this.#opensConveyance(),
      DEF: () =>
        this.OR([
          { ALT: () => this.CONSUME(By) },
          { ALT: () => this.CONSUME(With) },
          { ALT: () => this.CONSUME(Identifier) },
        ]),
    });
    this.CONSUME(Name);
  });

  /** In any order: which of them came too late is told by whoever builds the tree. */
  readonly connectionPart = this.RULE("connectionPart", () => {
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.SUBRULE(this.alias) },
        { ALT: () => this.SUBRULE(this.assignments, { ARGS: [true] }) },
        { ALT: () => this.SUBRULE(this.condition) },
        { ALT: () => this.SUBRULE(this.allowance) },
        { ALT: () => this.SUBRULE(this.rule) },
        { ALT: () => this.SUBRULE(this.stray) },
      ],
    });
  });

  readonly alias = this.RULE("alias", () => {
    this.CONSUME(As);
    this.CONSUME(Name);
  });

  readonly condition = this.RULE("condition", () => {
    this.OR([{ ALT: () => this.CONSUME(Where) }, { ALT: () => this.CONSUME(When) }, { ALT: () => this.CONSUME(If) }]);
    this.SUBRULE(this.expression);
  });

  readonly allowance = this.RULE("allowance", () => {
    this.CONSUME(Allow);
    this.CONSUME(Name);
    this.MANY({
      GATE: () =>
        this.LA(1).tokenType === Comma ? this.#itemFollows() : this.#onSameLine() && ALLOWED.has(this.LA(1).image),
      DEF: () => {
        this.OPTION(() => this.CONSUME(Comma));
        this.CONSUME2(Name);
      },
    });
  });

  /** `random(p: 0.1)`; also `random 0.1`, which lacks its parentheses. */
  readonly rule = this.RULE("rule", () => {
    this.CONSUME(Name);
    this.OPTION({
      GATE: () => this.#hasOptions(),
      DEF: () =>
        this.OR({
          IGNORE_AMBIGUITIES: true,
          DEF: [{ ALT: () => this.SUBRULE(this.arguments) }, { ALT: () => this.SUBRULE(this.argument) }],
        }),
    });
  });

  /** `duration 1 s` */
  readonly directive = this.RULE("directive", () => {
    this.CONSUME(DirectiveWord);
    this.SUBRULE(this.expression);
  });

  /** `method rk45(tolerance: 1e-9)` */
  readonly method = this.RULE("method", () => {
    this.CONSUME(Method);
    this.CONSUME(Name);
    this.OPTION(() => this.SUBRULE(this.arguments));
  });

  /** `spikes precise` */
  readonly precise = this.RULE("precise", () => {
    this.CONSUME(Spikes);
    this.CONSUME(Precise);
  });

  /** `record V, E[0..9].V every 0.5 ms` */
  readonly record = this.RULE("record", () => {
    this.CONSUME(Record);
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.recordTarget) });
    this.OPTION({
      GATE: () => this.#onSameLine(),
      DEF: () => {
        this.CONSUME(Every);
        this.SUBRULE(this.expression);
      },
    });
  });

  readonly recordTarget = this.RULE("recordTarget", () => {
    this.AT_LEAST_ONE_SEP({ SEP: Dot, DEF: () => this.SUBRULE(this.recordSegment) });
  });

  readonly recordSegment = this.RULE("recordSegment", () => {
    this.CONSUME(Name);
    this.OPTION(() => this.SUBRULE(this.slice));
  });

  /** `[3]`, `[0..9]` */
  readonly slice = this.RULE("slice", () => {
    this.CONSUME(LSquare);
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(DotDot);
      this.SUBRULE2(this.expression);
    });
    this.CONSUME(RSquare);
  });

  /** `models LIF, GLIF { b_s = 0.2 /ms } as "fast threshold"` */
  readonly variants = this.RULE("variants", () => {
    this.CONSUME(VariantsWord);
    this.OPTION({ GATE: () => this.#isDoubled(), DEF: () => this.CONSUME2(VariantsWord) });
    this.OPTION2({ GATE: () => !this.#opensOfComparison(1), DEF: () => this.SUBRULE(this.variant) });
    this.MANY({
      GATE: () => this.#comparedFollows(),
      DEF: () => {
        this.OPTION3(() => this.CONSUME(Comma));
        this.SUBRULE2(this.variant);
      },
    });
  });

  /** In the head of a fit the last braces are those of the fit. */
  readonly variant = this.RULE("variant", (inHead?: boolean) => {
    this.CONSUME(Name);
    this.OPTION({ GATE: () => inHead !== true || this.#headGoesOn(), DEF: () => this.SUBRULE(this.variantBlock) });
    this.OPTION2(() => {
      this.CONSUME(As);
      this.CONSUME(StringLiteral);
    });
  });

  readonly variantBlock = this.RULE("variantBlock", () => {
    this.CONSUME(LBrace);
    this.MANY({
      GATE: () => !this.#leavesVariant(),
      DEF: () => {
        this.OR([
          { ALT: () => this.SUBRULE(this.member) },
          { ALT: () => this.SUBRULE(this.separator) },
          { ALT: () => this.SUBRULE(this.stray) },
        ]);
      },
    });
    this.CONSUME(RBrace);
  });

  /** `under CurrentStep, Noisy` */
  readonly under = this.RULE("under", () => {
    this.CONSUME(Under);
    this.OPTION({ GATE: () => this.#isDoubled(), DEF: () => this.CONSUME2(Under) });
    this.OPTION2({ GATE: () => !this.#opensOfComparison(1), DEF: () => this.CONSUME(Name) });
    this.MANY({
      GATE: () => this.#comparedFollows(),
      DEF: () => {
        this.OPTION3(() => this.CONSUME(Comma));
        this.CONSUME2(Name);
      },
    });
  });

  /** `measure rate, van_rossum(tau: 10 ms)`; of a fit also `0.2*subthreshold_rmse(V)` */
  readonly measures = this.RULE("measures", () => {
    this.CONSUME(Measure);
    this.OPTION({ GATE: () => this.#isDoubled(), DEF: () => this.CONSUME2(Measure) });
    this.OPTION2({ GATE: () => !this.#opensOfComparison(1), DEF: () => this.SUBRULE(this.measure) });
    this.MANY({
      GATE: () => this.#comparedFollows(),
      DEF: () => {
        this.OPTION3(() => this.CONSUME(Comma));
        this.SUBRULE2(this.measure);
      },
    });
  });

  readonly measure = this.RULE("measure", () => {
    this.OPTION(() => {
      this.OPTION3(() => this.CONSUME(Minus));
      this.CONSUME(NumberLiteral);
      this.CONSUME(Star);
    });
    this.CONSUME(Name);
    this.OPTION2(() => {
      this.CONSUME(LParen);
      this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.measureArgument) });
      this.CONSUME(RParen);
    });
  });

  /** `tau: 10 ms`, `V`, `E[0].V` */
  readonly measureArgument = this.RULE("measureArgument", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === Colon,
      DEF: () => {
        this.CONSUME(Name);
        this.CONSUME(Colon);
      },
    });
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { GATE: () => this.#slicedPath(), ALT: () => this.SUBRULE(this.recordTarget) },
        { ALT: () => this.SUBRULE(this.expression) },
      ],
    });
  });

  /** `reference LIF`, `reference "fast threshold"`, `reference recording("cell.csv")` */
  readonly comparedTo = this.RULE("comparedTo", () => {
    this.CONSUME(Reference);
    this.SUBRULE(this.expression);
  });

  /** `seeds 20` */
  readonly seeds = this.RULE("seeds", () => {
    this.CONSUME(Seeds);
    this.SUBRULE(this.expression);
  });

  /** `sweep b_s over 0.01 /ms .. 0.1 /ms in 20 steps`, `sweep b_s over [1, 2] /ms`, `sweep b_s ~ normal(1 /ms, 0.1 /ms) in 100 draws` */
  readonly sweep = this.RULE("sweep", () => {
    this.CONSUME(Sweep);
    this.SUBRULE(this.target);
    this.OR([{ ALT: () => this.CONSUME(Over) }, { ALT: () => this.CONSUME(Tilde) }]);
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(DotDot);
      this.SUBRULE2(this.expression);
    });
    this.OPTION2(() => this.SUBRULE(this.sweepCount));
  });

  /** `in 20 steps`, `in 20 logarithmic steps`, `in 100 draws` */
  readonly sweepCount = this.RULE("sweepCount", () => {
    this.CONSUME(In);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.CONSUME(Logarithmic));
    this.OR([{ ALT: () => this.CONSUME(Steps) }, { ALT: () => this.CONSUME(Draws) }]);
  });

  /** `free C in 20 pF .. 400 pF logarithmic, E_L in -80 mV .. -50 mV` */
  readonly free = this.RULE("free", () => {
    this.CONSUME(Free);
    this.OPTION({ GATE: () => this.#isDoubled(), DEF: () => this.CONSUME2(Free) });
    this.OPTION2({ GATE: () => !this.#opensOfComparison(1), DEF: () => this.SUBRULE(this.freeNumber) });
    this.MANY({
      GATE: () => this.#comparedFollows(),
      DEF: () => {
        this.OPTION3(() => this.CONSUME(Comma));
        this.SUBRULE2(this.freeNumber);
      },
    });
  });

  readonly freeNumber = this.RULE("freeNumber", () => {
    this.SUBRULE(this.target);
    this.CONSUME(In);
    this.SUBRULE(this.range);
    this.OPTION(() => this.CONSUME(Logarithmic));
  });

  /** `20 pF .. 400 pF` */
  readonly range = this.RULE("range", () => {
    this.SUBRULE(this.expression);
    this.CONSUME(DotDot);
    this.SUBRULE2(this.expression);
  });

  /** `0 s .. 4 s`, of sweeps `0 .. 8` or one alone, `12` */
  readonly part = this.RULE("part", () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(DotDot);
      this.SUBRULE2(this.expression);
    });
  });

  /** `window 2 s .. 10 s`; `train 0 s .. 4 s, 8 s .. 12 s`, `test 12 s .. 20 s`; `train 0 .. 8, 12` */
  readonly windows = this.RULE("windows", () => {
    this.CONSUME(WindowWord);
    this.SUBRULE(this.part);
    this.MANY({
      GATE: () => !this.#opensOfComparison(2) && this.LA(2).tokenType !== RBrace,
      DEF: () => {
        this.CONSUME(Comma);
        this.SUBRULE2(this.part);
      },
    });
  });

  /** `evaluations 5000` */
  readonly evaluations = this.RULE("evaluations", () => {
    this.CONSUME(Evaluations);
    this.SUBRULE(this.expression);
  });

  /** `V' = …`, `I_e += …`, `V <- E_L`, `E.I_e, I.I_e = 300 pA`, `V ~ uniform(a, b)`; also `dV/dt = … : volt`, which is no glif. */
  readonly statement = this.RULE("statement", () => {
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.target) });
    this.OPTION(() => {
      this.CONSUME(Slash);
      this.CONSUME(Identifier);
    });
    this.OPTION2(() => this.CONSUME(Prime));
    this.OR({
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.CONSUME(AssignmentOperator);
            this.SUBRULE(this.expression);
            this.OPTION3(() => {
              this.CONSUME(Colon);
              this.SUBRULE(this.unitAnnotation);
            });
          },
        },
        // A name to which nothing is given: whatever it was, it ends with its line.
        { ALT: () => this.SUBRULE(this.rest) },
      ],
    });
  });

  /** What begins no statement, and its line. */
  readonly stray = this.RULE("stray", () => {
    this.OR([{ ALT: () => this.SUBRULE(this.braced) }, { ALT: () => this.CONSUME(Stray) }]);
    this.SUBRULE(this.rest);
  });

  readonly rest = this.RULE("rest", () => {
    this.MANY({
      GATE: () => this.#lineGoesOn(),
      DEF: () => {
        this.OR([{ ALT: () => this.SUBRULE(this.braced) }, { ALT: () => this.CONSUME(Anything) }]);
      },
    });
  });

  readonly braced = this.RULE("braced", () => {
    this.CONSUME(LBrace);
    this.MANY({
      GATE: () => !tokenMatcher(this.LA(1), BlockKeyword),
      DEF: () => {
        this.OR([{ ALT: () => this.SUBRULE(this.braced) }, { ALT: () => this.CONSUME(Anything) }]);
      },
    });
    this.CONSUME(RBrace);
  });

  /** `V`, `I[j]`, `Na.m`; in settings of experiments also `E[0..9].I_e` */
  readonly target = this.RULE("target", () => {
    this.OPTION({
      GATE: () => this.#slicedPath(),
      DEF: () => {
        this.CONSUME(Name, { LABEL: "sliced" });
        this.SUBRULE(this.slice);
        this.CONSUME(Dot, { LABEL: "behind" });
      },
    });
    this.AT_LEAST_ONE_SEP({ SEP: Dot, DEF: () => this.CONSUME2(Name) });
    this.OPTION2(() => this.SUBRULE(this.subscript));
  });

  readonly subscript = this.RULE("subscript", () => {
    this.CONSUME(LSquare);
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(RSquare);
  });

  /** Operands and operators in a row; precedence is the tree builder's. */
  readonly expression = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY(() => {
      this.CONSUME(BinaryOperator);
      this.SUBRULE2(this.operand);
    });
  });

  readonly operand = this.RULE("operand", () => {
    this.MANY(() => this.CONSUME(PrefixOperator));
    this.OR({
      ERR_MSG: "an expression",
      DEF: [
        {
          ALT: () => {
            this.CONSUME(NumberLiteral);
            this.SUBRULE(this.unitHere);
          },
        },
        { GATE: () => !this.#startsStatement() && !this.#startsMember(), ALT: () => this.SUBRULE(this.reference) },
        { ALT: () => this.SUBRULE(this.parenthesised) },
        { ALT: () => this.SUBRULE(this.arrayLiteral) },
        { ALT: () => this.SUBRULE(this.conditional) },
        { ALT: () => this.CONSUME(StringLiteral) },
      ],
    });
  });

  readonly unitHere = this.RULE("unitHere", () => {
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(Unit) }, { ALT: () => this.CONSUME(UnknownUnit) }]);
    });
  });

  readonly reference = this.RULE("reference", () => {
    this.AT_LEAST_ONE_SEP({ SEP: Dot, DEF: () => this.CONSUME(Name) });
    this.OPTION(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.arguments) }, { ALT: () => this.SUBRULE(this.subscript) }]);
    });
    this.OPTION2(() => this.CONSUME(Prime));
  });

  readonly arguments = this.RULE("arguments", () => {
    this.CONSUME(LParen);
    this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(RParen);
  });

  /** `300 pA`, `from: 100 ms` */
  readonly argument = this.RULE("argument", () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(Colon);
      this.SUBRULE2(this.expression);
    });
  });

  readonly parenthesised = this.RULE("parenthesised", () => {
    this.CONSUME(LParen);
    this.SUBRULE(this.expression);
    this.CONSUME(RParen);
  });

  /** `[0.003, 0.1] /ms` */
  readonly arrayLiteral = this.RULE("arrayLiteral", () => {
    this.CONSUME(LSquare);
    this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(RSquare);
    this.SUBRULE(this.unitHere);
  });

  /** `if a then b else c` */
  readonly conditional = this.RULE("conditional", () => {
    this.CONSUME(If);
    this.SUBRULE(this.expression);
    this.CONSUME(Then);
    this.SUBRULE2(this.expression);
    this.CONSUME(Else);
    this.SUBRULE3(this.expression);
  });

  /** After a colon: `mV`, `/ms`, `nS/cm^2`, `pA*sqrt(ms)`, `1` */
  readonly unitAnnotation = this.RULE("unitAnnotation", () => {
    this.OPTION(() => this.CONSUME(Slash));
    this.SUBRULE(this.unitFactor);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(Star) }, { ALT: () => this.CONSUME2(Slash) }]);
      this.SUBRULE2(this.unitFactor);
    });
  });

  readonly unitFactor = this.RULE("unitFactor", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(Name);
          this.OPTION({ GATE: () => this.LA(0).image === "sqrt", DEF: () => this.SUBRULE(this.unitInParentheses) });
        },
      },
      { ALT: () => this.SUBRULE(this.unitNumber) },
      { ALT: () => this.CONSUME(Percent) },
      { ALT: () => this.SUBRULE2(this.unitInParentheses) },
    ]);
    this.OPTION2(() => {
      this.CONSUME(Caret);
      this.OR2([
        { ALT: () => this.SUBRULE(this.unitExponent) },
        {
          ALT: () => {
            this.CONSUME(LParen);
            this.SUBRULE2(this.unitExponent);
            this.OPTION3(() => {
              this.CONSUME(Slash);
              this.SUBRULE2(this.unitNumber);
            });
            this.CONSUME(RParen);
          },
        },
      ]);
    });
  });

  readonly unitInParentheses = this.RULE("unitInParentheses", () => {
    this.CONSUME(LParen);
    this.SUBRULE(this.unitAnnotation);
    this.CONSUME(RParen);
  });

  readonly unitExponent = this.RULE("unitExponent", () => {
    this.OPTION(() => this.CONSUME(Minus));
    this.SUBRULE(this.unitNumber);
  });

  /** Whatever follows a number as its unit was read as one token: `/s` in `1/s`. */
  readonly unitNumber = this.RULE("unitNumber", () => {
    this.CONSUME(NumberLiteral);
    this.OPTION(() => this.CONSUME(Unit));
  });

  /** The next token stands on the line of the one before it. */
  #onSameLine(): boolean {
    return this.LA(0).startLine === this.LA(1).startLine;
  }

  /** What was not understood reaches to the end of its line, and over lines that begin no statement. */
  #lineGoesOn(): boolean {
    const next = this.LA(1);
    if ([Semicolon, BlockKeyword, Import].some((type) => tokenMatcher(next, type))) return false;
    return this.#onSameLine() || tokenMatcher(next, Stray);
  }

  #opensOperand(token: IToken): boolean {
    return [Name, NumberLiteral, StringLiteral, LParen, LSquare, PrefixOperator, If].some((type) =>
      tokenMatcher(token, type),
    );
  }

  /** A word that is a name elsewhere opens a member of its own where what it is about follows; nothing is assigned to it. */
  #wordOpens(): boolean {
    const next = this.LA(2);
    return this.#opensOperand(next) && !tokenMatcher(next, LSquare);
  }

  #declares(): boolean {
    return (
      tokenMatcher(this.LA(1), QuantityKeyword) ||
      this.#wordOpens() ||
      (this.LA(1).tokenType === Weight && tokenMatcher(this.LA(2), QuantityKeyword))
    );
  }

  #opensConnection(): boolean {
    const next = this.LA(2);
    if (this.LA(1).tokenType !== Connect || this.LA(1).startLine !== next.startLine) return false;
    if (next.tokenType === LSquare || next.tokenType === LParen) return this.#arrowFollows();
    return [Name, RightArrow, NumberLiteral, StringLiteral].some((type) => tokenMatcher(next, type));
  }

  #arrowFollows(): boolean {
    for (let k = 2; k < MOST_SUBSCRIPT_TOKENS && this.LA(k).startLine === this.LA(1).startLine; k++)
      if (this.LA(k).tokenType === RightArrow) return true;
    return false;
  }

  /** What stands here belongs to the connection that was begun, and begins no statement of its own. */
  #connectionGoesOn(): boolean {
    const [token, next] = [this.LA(1), this.LA(2)];
    if (!tokenMatcher(token, Name))
      return (
        this.#onSameLine() || !tokenMatcher(token, Stray) || token.tokenType === RightArrow || token.tokenType === If
      );
    if (this.#opensConnection() || tokenMatcher(next, AssignmentOperator) || this.#startsStatement()) return false;
    if (
      this.#onSameLine() ||
      CONNECTION_WORDS.includes(token.tokenType) ||
      CONTINUED.some((type) => tokenMatcher(this.LA(0), type))
    )
      return true;
    if (this.LA(3).tokenType === Colon) return true;
    return (
      !tokenMatcher(next, Name) ||
      next.startLine !== token.startLine ||
      CONNECTION_WORDS.includes(next.tokenType) ||
      this.#conveys()
    );
  }

  /** Where a population could stand: `by`, or what is written for it, followed by a synapse. These words may also be populations. */
  #conveys(): boolean {
    const next = this.LA(2).tokenType;
    return this.#opensConveyance() && next !== By && next !== Comma && next !== LSquare;
  }

  #opensConveyance(): boolean {
    return (
      this.LA(1).tokenType === By || (MEANT_BY.has(this.LA(1).image.toLowerCase()) && tokenMatcher(this.LA(2), Name))
    );
  }

  #conveysNothing(): boolean {
    const [by, name, next] = [this.LA(1), this.LA(2), this.LA(3)];
    if (by.tokenType !== By || name.startLine === by.startLine) return false;
    return next.tokenType === LParen || CONNECTION_WORDS.includes(name.tokenType) || !tokenMatcher(name, Name);
  }

  /** The name of a synapse whose `by` is missing. */
  #namesSynapse(): boolean {
    if (!this.#onSameLine() || !tokenMatcher(this.LA(1), Name) || tokenMatcher(this.LA(2), LParen)) return false;
    return !isBareRule(this.LA(1).image) && !CONNECTION_WORDS.includes(this.LA(1).tokenType);
  }

  #isTo(): boolean {
    return this.LA(1).image === "to" && tokenMatcher(this.LA(2), Name);
  }

  #hasOptions(): boolean {
    const { tokenType } = this.LA(1);
    return (
      this.#onSameLine() && (tokenType === LParen || tokenType === NumberLiteral || this.LA(2).tokenType === Colon)
    );
  }

  /** In the settings of a connection something stands that only follows them: their brace is missing. */
  #leavesSettings(): boolean {
    const [token, next] = [this.LA(1), this.LA(2)];
    if (!tokenMatcher(token, Name)) return false;
    if (next.tokenType === LParen || (!this.#onSameLine() && this.#opensConnection())) return true;
    const isRule = isBareRule(token.image) || [Where, Allow].includes(token.tokenType);
    return isRule && ![AssignmentOperator, Dot, LSquare, Comma, Prime].some((type) => tokenMatcher(next, type));
  }

  #wordFollows(word: TokenType): boolean {
    return tokenMatcher(this.LA(2), word) && tokenMatcher(this.LA(3), Name);
  }

  /** In the head of a fit: behind the brace that closes the one here stands more of the head, or the brace of the fit. */
  #headGoesOn(): boolean {
    let depth = 0;
    for (let k = 1; !tokenMatcher(this.LA(k), EOF) && !tokenMatcher(this.LA(k), BlockKeyword); k++) {
      if (this.LA(k).tokenType === LBrace) depth++;
      if (this.LA(k).tokenType === RBrace && --depth === 0)
        return [Comma, As, LBrace].includes(this.LA(k + 1).tokenType);
    }
    return false;
  }

  #opensHeadlessModel(): boolean {
    const next = this.LA(2);
    return tokenMatcher(this.LA(1), Name) && [Extends, LBrace, Of].some((type) => tokenMatcher(next, type));
  }

  /** After a comma: one more item of a list, and not the next statement. */
  #itemFollows(): boolean {
    if (!tokenMatcher(this.LA(2), Name)) return true;
    const after = this.LA(this.#afterTarget(2));
    if (this.LA(2).tokenType !== Identifier && [Name, NumberLiteral].some((type) => tokenMatcher(after, type)))
      return false;
    return ![Prime, PlusEquals, Arrow, Tilde, Dot, Slash].some((type) => tokenMatcher(after, type));
  }

  /** One more of what is compared, behind a comma or where one is missing, and not the next statement. */
  #comparedFollows(): boolean {
    if (this.LA(1).tokenType === Comma) return !this.#opensOfComparison(2);
    return this.#onSameLine() && tokenMatcher(this.LA(1), Name) && !this.#opensOfComparison(1);
  }

  /** A word of comparisons that opens a statement `k` tokens ahead. */
  #opensOfComparison(k: number): boolean {
    const [word, next] = [this.LA(k), this.LA(k + 1)];
    if (!OF_COMPARISONS.includes(word.tokenType) || word.startLine !== next.startLine) return false;
    return [Name, NumberLiteral, StringLiteral].some((type) => tokenMatcher(next, type));
  }

  /** In the braces of a variant something stands that only follows them: their brace is missing. */
  #leavesVariant(): boolean {
    return this.LA(1).tokenType === As ? this.LA(2).tokenType === StringLiteral : this.#opensOfComparison(1);
  }

  /** `measure measure rate` */
  #isDoubled(): boolean {
    const [word, next] = [this.LA(1), this.LA(2)];
    return word.tokenType === this.LA(0).tokenType && tokenMatcher(next, Name) && word.startLine === next.startLine;
  }

  /** `E[0].V`: a path with brackets before its end. */
  #slicedPath(): boolean {
    if (!tokenMatcher(this.LA(1), Name) || this.LA(2).tokenType !== LSquare) return false;
    for (let k = 3; k < MOST_SUBSCRIPT_TOKENS; k++)
      if (this.LA(k).tokenType === RSquare) return this.LA(k + 1).tokenType === Dot;
    return false;
  }

  /** A line that begins like a statement is one, even where an operand is still missing before it. */
  #startsStatement(): boolean {
    if (this.#onSameLine()) return false;
    const after = this.LA(this.#afterTarget(1));
    if (tokenMatcher(after, Equals)) return !tokenMatcher(this.LA(0), LParen) && !tokenMatcher(this.LA(0), Comma);
    return [Prime, PlusEquals, Arrow, Tilde].some((type) => tokenMatcher(after, type));
  }

  /** So does a line that begins with a word which opens a statement, where what it is about follows. */
  #startsMember(): boolean {
    const [word, next] = [this.LA(1), this.LA(2)];
    if (this.#onSameLine() || !OPENING_WORDS.includes(word.tokenType) || word.startLine !== next.startLine)
      return false;
    return tokenMatcher(next, Name) || tokenMatcher(next, NumberLiteral);
  }

  /** An equation or a contribution that begins a line no further in than the line of the block: the block's brace is missing. */
  #leavesAssignments(brace: IToken): boolean {
    const next = this.LA(1);
    if (next.tokenType === Let) return !this.#onSameLine() && (next.startColumn ?? 1) <= (brace.startColumn ?? 1);
    if (this.#onSameLine() || !tokenMatcher(next, Name) || (next.startColumn ?? 1) > (brace.startColumn ?? 1))
      return false;
    if (this.#opensConnection()) return true;
    const after = this.LA(this.#afterTarget(1));
    return tokenMatcher(after, Prime) || tokenMatcher(after, PlusEquals);
  }

  /** How far the token lies that follows the target which begins `k` tokens ahead. */
  #afterTarget(k: number): number {
    let next = k + 1;
    const path = (): void => {
      while (tokenMatcher(this.LA(next), Dot) && tokenMatcher(this.LA(next + 1), Name)) next += 2;
    };
    const brackets = (): void => {
      if (!tokenMatcher(this.LA(next), LSquare)) return;
      for (let limit = next + MOST_SUBSCRIPT_TOKENS; next < limit; next++)
        if (tokenMatcher(this.LA(next), RSquare)) break;
      next++;
    };
    path();
    brackets();
    if (!tokenMatcher(this.LA(next), Dot) || !tokenMatcher(this.LA(next - 1), RSquare)) return next;
    path();
    brackets();
    return next;
  }
}

/** Subscripts are short; the bound keeps looking ahead cheap on any text. */
const MOST_SUBSCRIPT_TOKENS = 16;

/** Words with which a part of a connection begins. */
const CONNECTION_WORDS: readonly TokenType[] = [By, As, All, Where, When, Allow];
/** After these a connection goes on, also on the next line. */
const CONTINUED: readonly TokenType[] = [RightArrow, BinaryOperator, Comma];
const ALLOWED: ReadonlySet<string> = new Set(["self", "multiple"]);
/** What is written for `by`. */
const MEANT_BY: ReadonlySet<string> = new Set(["using", "with", "via", "through"]);
/** What comparisons and fits are made of. */
const OF_COMPARISONS: readonly TokenType[] = [
  Models,
  Networks,
  Under,
  Measure,
  Reference,
  Seeds,
  Sweep,
  Window,
  Free,
  Train,
  Test,
  Evaluations,
];
/** Names elsewhere, these open statements. */
const OPENING_WORDS: readonly TokenType[] = [
  Interpret,
  Duration,
  Step,
  Seed,
  Method,
  Spikes,
  Record,
  Connect,
  Weight,
  Single,
  Every,
  ...OF_COMPARISONS,
];
