// What is said about mistakes: one message each, at the right place, with a fix that is right where there is one.
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { sourceText } from "../../src/base/source.ts";
import { syntaxDiagnostics } from "../../src/diagnostics/syntax.ts";
import { at, read, told } from "./reading.ts";

/** Text, where and what, and what the message must hold. */
const MISTAKES: readonly (readonly [text: string, told: string, message: RegExp | string])[] = [
  // characters
  ["neuron N {\n let x = a @ b\n}", "2:12 syntax/unknown-character", "`@` means nothing here"],
  ["neuron N {\n let x = a\0 + b\n}", "2:11 syntax/unknown-character", "a NUL character (U+0000) means nothing here"],
  [
    "neuron N {\n let x = a\u200B + b\n}",
    "2:11 syntax/unknown-character",
    "an invisible character (U+200B) means nothing here",
  ],
  ["neuron N {\n let x = V²\n}", "2:11 syntax/unknown-character", "a power is written with `^`"],
  ["neuron N {\n let x = a − b\n}", "2:12 syntax/look-alike", "a minus sign is written `-`"],
  ["neuron N {\n let x = a – b\n}", "2:12 syntax/look-alike", "a minus sign is written `-`"],
  ["neuron N {\n let x = —1 mV\n}", "2:10 syntax/look-alike", "a minus sign is written `-`"],
  ["neuron N {\n V’ = a·b\n}", "2:3 syntax/look-alike", "a prime is written `'`"],
  ['neuron N {\n let x = file("a\n}', "2:15 syntax/unterminated-string", "unterminated string"],
  ["neuron N { }\n/* a", "2:1 syntax/unterminated-comment", "unterminated comment"],
  ["neuron N {\n /* a", "2:2 syntax/unterminated-comment", "unterminated comment"],
  ['neuron N {\n let x = file("a\\q")\n}', "2:17 syntax/unknown-escape", "`\\q` has no meaning"],
  ["neuron N {\n let x = 1e999\n}", "2:10 syntax/number-overflow", "the number 1e999 overflows"],
  ["neuron N {\n let x = 1e-400\n}", "2:10 syntax/number-underflow", "underflows: it is taken as 0"],
  ["neuron N {\n let x = 10 msec\n}", "2:13 syntax/unknown-unit", "unknown unit `msec`"],
  ["neuron N {\n let x = [1, 2] foo\n}", "2:17 syntax/unknown-unit", "unknown unit `foo`"],
  ["neuron N {\n let x = 2 x + 3\n}", "2:12 syntax/unknown-unit", "unknown unit `x`"],
  ["neuron N {\n param τ = 10 ms\n state v = 0\n v' = -2v/τ\n}", "4:9 syntax/unknown-unit", "unknown unit `v`"],
  ["neuron N {\n let g\u0430 = a\n}", "2:6 syntax/mixed-scripts", "U+0430"],
  ["neuron N {\n let \u0441 = 1\n let c = 2\n}", "3:6 syntax/mixed-scripts", "looks like `\u0441` and is another name"],
  ["neuron N { }\n// \u202Ea", "2:4 syntax/direction-mark", "U+202E"],
  ["neuron N {\n let x\u3164 = 1\n}", "2:7 syntax/unknown-character", "an invisible character (U+3164)"],
  // brackets
  ["neuron A { reset {", "1:19 syntax/unclosed", "expected `}`: `reset` opened at 1:12 is not closed"],
  ["neuron A {\n param a = 1\n", "2:13 syntax/unclosed", "expected `}`: `neuron A` opened at 1:1 is not closed"],
  ["neuron A {\n param a = 1\n\nneuron B { }", "2:13 syntax/unclosed", "`neuron A` opened at 1:1 is not closed"],
  [
    "neuron A {\n reset {\n  V <- 3\n spike when V > 3\n}",
    "3:9 syntax/unclosed",
    "`reset` opened at 2:2 is not closed",
  ],
  ["neuron A {\n reset {\n  V <- 3\n V' = 3\n}", "3:9 syntax/unclosed", "`reset` opened at 2:2 is not closed"],
  [
    "neuron A {\n let x = (a + b\n let y = 3\n}",
    "2:16 syntax/unclosed",
    "expected `)`: `(` opened at 2:10 is not closed",
  ],
  [
    "neuron A {\n let x = k[j + b\n let y = 3\n}",
    "2:17 syntax/unclosed",
    "expected `]`: `[` opened at 2:11 is not closed",
  ],
  ["neuron A {\n let x = a + b)\n let y = 3\n}", "2:15 syntax/unopened", "this `)` closes nothing"],
  ["neuron A { }\n}\nneuron B { }", "2:1 syntax/unopened", "this `}` closes nothing"],
  [
    "neuron A {\n param a = 1 }\n param b = 2\n V' = b\n}\nneuron B { }",
    "3:2 syntax/outside-block",
    "`param` stands outside of any neuron",
  ],
  ["population E = 3 LIF", "1:1 syntax/outside-block", "`population` stands outside of any network"],
  // what was expected
  ["neuron A {\n param C 58 pF\n}", "2:10 syntax/expected", "expected `=` or `:` after the name of a parameter"],
  ["neuron A {\n param C : pF 58 pF\n}", "2:15 syntax/expected", "expected `=` after the name of a parameter"],
  ["neuron A {\n let x\n}", "2:7 syntax/expected", "expected `=` and a value after the name of a named expression"],
  ["neuron A {\n param = 3\n}", "2:8 syntax/expected", "expected the name of a parameter after `param`"],
  ["neuron A {\n V' =\n let y = 3\n}", "2:6 syntax/expected", "expected an expression after `=`"],
  ["neuron A {\n V' = a +\n W' = b\n}", "2:10 syntax/expected", "expected an expression after `+`"],
  ["neuron A {\n V' = a * / b\n}", "2:11 syntax/expected", "expected an expression after `*`"],
  ["neuron A {\n let x = if a then b\n}", "2:21 syntax/expected", "expected `else`"],
  ["neuron A {\n let x = if a b else c\n}", "2:15 syntax/expected", "expected `then` after the condition of an `if`"],
  ["neuron A {\n V'\n}", "2:4 syntax/expected", "after `V'`"],
  ["experiment X of Y {\n record\n}", "2:8 syntax/expected", "expected the name of what is recorded after `record`"],
  ["experiment X {\n seed 1\n}", "1:13 syntax/expected", "expected `of` and what the experiment is done with"],
  ["neuron X of Y { }", "1:10 syntax/expected", "expected `extends`"],
  [
    "A {\n param x = 3\n}",
    "1:1 syntax/expected",
    "expected `neuron`, `mechanism`, `synapse`, `network`, `experiment`, `comparison` or `fit`",
  ],
  [
    "network N {\n population P = 10\n}",
    "2:19 syntax/expected",
    "expected the name of a neuron after the size of a population",
  ],
  ["neuron A {\n refractory t { V }\n}", "2:2 syntax/foreign-form", "`refractory t_ref { hold V }`"],
  ['import A B from "x"', "1:10 syntax/expected", '`from "file.glif"`'],
  ["neuron A {\n V' = a b\n}", "2:9 syntax/run-on", "expected an operator, `;` or a new line before `b`"],
  ["neuron A {\n param a = 1 param b = 2\n}", "2:14 syntax/run-on", "before `param`"],
  ["neuron A {\n if V > 3 { V = 4 }\n param b = 2\n}", "2:2 syntax/foreign-form", "for another event: `on c { … }`"],
  ["neuron A {\n foo x = 3\n}", "2:2 syntax/unexpected", "`foo` cannot stand at the beginning of a statement"],
  ["neuron A {\n V' = 3 mV : volt\n}", "2:12 syntax/unexpected", "`:` cannot stand after the value of a statement"],
  ["network N {\n V = 3\n}", "2:2 syntax/misplaced", "a setting has no place in a network"],
  ["mechanism M {\n spike when V > 3\n}", "2:2 syntax/misplaced", "a spike condition has no place in a mechanism"],
  ["neuron A {\n duration 3 s\n}", "2:2 syntax/misplaced", "has no place in a neuron"],
  ["network N {\n state x = 3\n}", "2:2 syntax/misplaced", "a state has no place in a network"],
  // words
  ["neurn A { }", "1:1 syntax/misspelt-keyword", "did you mean `neuron`?"],
  ["neuron A {\n sate V = 3\n}", "2:2 syntax/misspelt-keyword", "did you mean `state`?"],
  ["neuron A {\n Param V = 3\n}", "2:2 syntax/misspelt-keyword", "did you mean `param`?"],
  ["neuron A {\n rest { V <- 3 }\n}", "2:2 syntax/misspelt-keyword", "did you mean `reset`?"],
  ["neuron A {\n parameter V = 3\n}", "2:2 syntax/misspelt-keyword", "did you mean `param`?"],
  ["neuron A {\n equations { V' = 3 }\n}", "2:2 syntax/foreign-word", "`equations` is no word of glif"],
  ["neuron A {\n threshold V > 3 mV\n}", "2:2 syntax/foreign-form", "a spike condition is written `spike when V > Θ`"],
  ["neuron A {\n parameters:\n param C = 3\n}", "2:2 syntax/foreign-word", "`parameters` is no word of glif"],
  ["neuron A {\n initial V = 3\n}", "2:2 syntax/foreign-form", "`initial V = 3` is no glif"],
  [
    "neuron A {\n param if = 3\n}",
    "2:8 syntax/keyword-as-name",
    "`if` is a word of the language and cannot be the name of a parameter",
  ],
  ["neuron A {\n state state = 3\n}", "2:8 syntax/keyword-as-name", "cannot be the name of a state"],
  // this version
  ["comparison C { models A, B\nsynapse S { }", "1:27 syntax/unclosed", "`comparison C` opened at 1:1 is not closed"],
  // synapses
  ["synapes S {\n on pre { g <- 1 }\n}", "1:1 syntax/misspelt-keyword", "did you mean `synapse`?"],
  ["Synapse S { }", "1:1 syntax/misspelt-keyword", "did you mean `synapse`?"],
  ["synapse { weight w : nS }", "1:9 syntax/expected", "expected the name of a synapse after `synapse`"],
  ["synapse\nneuron A { }", "1:8 syntax/expected", "expected the name of a synapse after `synapse`"],
  [
    "synapse if { }",
    "1:9 syntax/keyword-as-name",
    "`if` is a word of the language and cannot be the name of a synapse",
  ],
  ["synapse S of T { }", "1:11 syntax/expected", "expected `extends`"],
  ["synapse S { on pre {", "1:21 syntax/unclosed", "`on pre` opened at 1:13 is not closed"],
  ["neuron A {\n weight w : nS\n}", "2:2 syntax/misplaced", "a weight has no place in a neuron"],
  ["network N {\n single weight w : nS\n}", "2:2 syntax/misplaced", "a weight has no place in a network"],
  ["weight w : nS\nneuron A { }", "1:1 syntax/outside-block", "`weight` stands outside of any synapse"],
  ["synapse S {\n spike when V > 3\n}", "2:2 syntax/misplaced", "a spike condition has no place in a synapse"],
  ["synapse S {\n reset { g <- 1 }\n}", "2:2 syntax/misplaced", "a reset has no place in a synapse"],
  ["synapse S {\n input I : pA\n}", "2:2 syntax/misplaced", "an input has no place in a synapse"],
  ["synapse S {\n refractory 3 ms\n}", "2:2 syntax/misplaced", "a refractory period has no place in a synapse"],
  ["synapse S {\n use Sodium\n}", "2:2 syntax/misplaced", "a mechanism has no place in a synapse"],
  ["synapse S {\n connect E -> I by S all\n}", "2:2 syntax/misplaced", "a connection has no place in a synapse"],
  [
    "synapse S {\n on V > 3 { g <- 1 }\n}",
    "2:5 syntax/arrival-end",
    "`on` in a synapse is followed by `pre` or `post`",
  ],
  [
    "synapse S {\n on pre.V { g <- 1 }\n}",
    "2:5 syntax/arrival-end",
    "`on` in a synapse is followed by `pre` or `post`",
  ],
  [
    "synapse S {\n on postsynaptic { g <- 1 }\n}",
    "2:5 syntax/arrival-end",
    "`on` in a synapse is followed by `pre` or `post`",
  ],
  ["synapse S {\n on { g <- 1 }\n}", "2:4 syntax/arrival-end", "`on` in a synapse is followed by `pre` or `post`"],
  ["synapse S {\n on_pre { g <- 1 }\n}", "2:2 syntax/misspelt-keyword", "did you mean `on pre`?"],
  ["synapse S {\n onPost { g <- 1 }\n}", "2:2 syntax/misspelt-keyword", "did you mean `on post`?"],
  ["synapse S {\n on pre g <- 1\n}", "2:9 syntax/missing-braces", "what an event assigns stands in braces"],
  ["synapse S {\n on pre\n weight w : nS\n}", "2:8 syntax/expected", "expected `{` after `pre`"],
  [
    "synapse S {\n on pre { g += w }\n}",
    "2:13 syntax/wrong-operator",
    "an assignment in an event is written with `<-`",
  ],
  ["synapse S {\n g <- 3\n}", "2:4 syntax/misplaced", "has no place in a synapse outside of `on pre` and `on post`"],
  ["synapse S {\n w ~ uniform(1, 2)\n}", "2:4 syntax/misplaced", "a random draw has no place in a model"],
  ["synapse S {\n g' =\n weight w : nS\n}", "2:6 syntax/expected", "expected an expression after `=`"],
  ["synapse S {\n single w : nS\n}", "2:9 syntax/expected", "expected `weight` after `single`"],
  ["synapse S {\n weight : nS\n}", "2:2 syntax/foreign-form", "a weight has a name: `weight w : nS`"],
  ["synapse S {\n weight state : nS\n}", "2:9 syntax/keyword-as-name", "cannot be the name of a weight"],
  ["synapse S {\n weight w := 3\n}", "2:11 syntax/wrong-operator", "the value of a weight is written with `=`"],
  ["synapse S {\n wieght w : nS\n}", "2:2 syntax/misspelt-keyword", "did you mean `weight`?"],
  ["synapse S {\n singel weight w : nS\n}", "2:2 syntax/misspelt-keyword", "did you mean `single`?"],
  // connections
  [
    "connect E -> I by S\n random(p: 0.1)\nneuron A { }",
    "1:1 syntax/outside-block",
    "`connect` stands outside of any network",
  ],
  [
    "neuron A {\n connect E -> I by S\n random(p: 0.1)\n}",
    "2:2 syntax/misplaced",
    "a connection has no place in a neuron",
  ],
  ["network N {\n conect E -> I by S\n all\n}", "2:2 syntax/misspelt-keyword", "did you mean `connect`?"],
  ["network N {\n projection E -> I by S\n all\n}", "2:2 syntax/misspelt-keyword", "did you mean `connect`?"],
  ["network N {\n E -> I by S\n all\n}", "2:2 syntax/expected", "expected `connect` before the ends of a connection"],
  ["network N {\n S.connect(p=0.1)\n}", "2:2 syntax/foreign-word", "`S.connect` is no word of glif"],
  ["network N {\n connect(E, I) by S all\n}", "2:2 syntax/foreign-form", "write `connect E -> I by SYNAPSE"],
  ["network N {\n connect [E, I] -> I by S\n all\n}", "2:2 syntax/foreign-form", "write `connect E -> I by SYNAPSE"],
  [
    "network N {\n connect -> I by S\n all\n}",
    "2:9 syntax/expected",
    "expected the name of a population after `connect`",
  ],
  [
    "network N {\n connect E I by S\n all\n}",
    "2:11 syntax/expected",
    "expected `->` between the source and the target of a connection",
  ],
  ["network N {\n connect E by S\n all\n}", "2:11 syntax/expected", "expected `->` and the targets after `E`"],
  ["network N {\n connect E.V -> I by S\n all\n}", "2:11 syntax/expected", "expected `->` and the targets after `E`"],
  ["network N {\n connect E -> by S\n all\n}", "2:14 syntax/expected", "expected the name of a population after `->`"],
  [
    "network N {\n connect E -> 3 by S\n all\n}",
    "2:14 syntax/expected",
    "expected the name of a population after `->`",
  ],
  [
    "network N {\n connect E, -> I by S\n all\n}",
    "2:12 syntax/expected",
    "expected the name of a population after `,`",
  ],
  [
    "network N {\n connect E -> I, by S\n all\n}",
    "2:17 syntax/expected",
    "expected the name of a population after `,`",
  ],
  [
    "network N {\n connect E to I by S\n all\n}",
    "2:12 syntax/expected",
    "expected `->` from the source to the target of a connection",
  ],
  [
    "network N {\n connect E => I by S\n all\n}",
    "2:12 syntax/expected",
    "expected `->` from the source to the target of a connection",
  ],
  [
    "network N {\n connect E - > I by S\n all\n}",
    "2:12 syntax/expected",
    "expected `->` from the source to the target of a connection",
  ],
  [
    "network N {\n connect E <- I by S\n all\n}",
    "2:2 syntax/foreign-form",
    "`connect E <- I by S` is no glif: the source stands first, `connect SOURCE -> TARGET by SYNAPSE`; for both directions write two connections",
  ],
  [
    "network N {\n connect E <-> I by S\n all\n}",
    "2:12 syntax/expected",
    "expected `->` from the source to the target of a connection",
  ],
  [
    "network N {\n connect E -> I S { w = 1 }\n all\n}",
    "2:17 syntax/expected",
    "expected `by` before the name of a synapse",
  ],
  [
    "network N {\n connect E -> I using S { w = 1 }\n all\n}",
    "2:17 syntax/expected",
    "expected `by` before the name of a synapse",
  ],
  [
    "network N {\n connect E -> I\n with S\n all\n}",
    "3:2 syntax/expected",
    "expected `by` before the name of a synapse",
  ],
  [
    "network N {\n connect E -> I\n random(p: 0.1)\n}",
    "2:16 syntax/expected",
    "expected `by` and the name of a synapse after the targets",
  ],
  [
    "network N {\n connect E -> I all\n}",
    "2:16 syntax/expected",
    "expected `by` and the name of a synapse after the targets",
  ],
  [
    "network N {\n connect E -> I by\n random(p: 0.1)\n}",
    "2:19 syntax/expected",
    "expected the name of a synapse after `by`",
  ],
  [
    "network N {\n connect E -> I by { w = 1 }\n all\n}",
    "2:20 syntax/expected",
    "expected the name of a synapse after `by`",
  ],
  ["network N {\n connect E -> I by if\n}", "2:20 syntax/keyword-as-name", "cannot be the name of a synapse"],
  [
    "network N {\n connect E -> I by S as { w = 1 }\n all\n}",
    "2:25 syntax/expected",
    "expected the name of the connection after `as`",
  ],
  [
    "network N {\n connect E -> I by S { w = 1\n random(p: 0.1)\n}",
    "2:29 syntax/unclosed",
    "`connect E` opened at 2:2 is not closed",
  ],
  [
    "network N {\n connect E -> I by S { w = 1\n connect I -> E by S all\n}",
    "2:29 syntax/unclosed",
    "`connect E` opened at 2:2 is not closed",
  ],
  ["network N {\n connect E[0..9 -> I by S\n all\n}", "2:17 syntax/unclosed", "expected `]`"],
  ["network N {\n connect E -> I by S { w 1 nS }\n all\n}", "2:26 syntax/expected", "expected `=` or `~` after `w`"],
  ["network N {\n population E = 3 M { V -60 mV }\n}", "2:25 syntax/expected", "expected `=` or `~` after `V`"],
  [
    "network N {\n connect E -> I by S { w += 1 } all\n}",
    "2:26 syntax/wrong-operator",
    "a setting is written with `=`",
  ],
  ["network N {\n connect E -> I by S(w = 1)\n all\n}", "2:2 syntax/foreign-form", "values are set in braces"],
  [
    "network N {\n connect E -> I by S { } all as x\n}",
    "2:30 syntax/connection-order",
    "in a connection `as …` comes before the rule",
  ],
  [
    "network N {\n connect E -> I by S where i < j\n all\n}",
    "3:2 syntax/connection-order",
    "in a connection the rule comes before `where …`",
  ],
  [
    "network N {\n connect E -> I by S all random(p: 0.1)\n}",
    "2:26 syntax/connection-part-twice",
    "a connection has only one rule",
  ],
  [
    "network N {\n connect E -> I by S where i < j where j < 3\n}",
    "2:34 syntax/connection-part-twice",
    "a connection has only one `where …`",
  ],
  [
    "network N {\n connect E -> I by S all if i < j\n}",
    "2:26 syntax/expected",
    "expected `where` before the condition of a connection",
  ],
  [
    "network N {\n connect E -> I by S\n all when i < j\n}",
    "3:6 syntax/expected",
    "expected `where` before the condition of a connection",
  ],
  ["network N {\n connect E -> I by S all where\n}", "2:31 syntax/expected", "expected an expression after `where`"],
  [
    "network N {\n connect E -> I by S all allow\n}",
    "2:31 syntax/expected",
    "expected `self` or `multiple` after `allow`",
  ],
  [
    "network N {\n connect E -> I by S all allow self multiple\n}",
    "2:37 syntax/expected",
    "expected `,` before `multiple`",
  ],
  [
    "network N {\n connect E -> I by S prob 0.1\n}",
    "2:2 syntax/foreign-form",
    "which neurons are connected is a rule: `random(p: 0.1)`",
  ],
  [
    "network N {\n connect E -> I by S { }\n random p: 0.1 where i < j\n}",
    "3:9 syntax/expected",
    "expected parentheses around what `random` takes",
  ],
  [
    "network N {\n connect E -> I by S random(p = 0.1)\n}",
    "2:31 syntax/argument-label",
    "an argument is named with a colon: `p: …`",
  ],
  ["network N {\n connect E -> I by S all\n w = 3\n}", "3:2 syntax/misplaced", "a setting has no place in a network"],
  // sources
  [
    "network N {\n population P = 100 * poisson(8 Hz)\n}",
    "2:2 syntax/foreign-form",
    "how many there are stands before the model",
  ],
  [
    "network N {\n population P = round(3*n)\n}",
    "2:27 syntax/expected",
    "expected the name of a neuron after the size of a population",
  ],
  ["network N {\n population P = 100 poisson(8 Hz\n}", "2:33 syntax/unclosed", "expected `)`"],
  // statements
  [
    "neuron A {\n V = 3 mV\n}",
    "2:2 syntax/plain-assignment",
    "an equation is written `V' = …`, a named expression `let V = …`",
  ],
  ["neuron A {\n V := 3 mV\n}", "2:2 syntax/plain-assignment", "an equation is written `V' = …`"],
  ["neuron A {\n V <- 3 mV\n}", "2:4 syntax/misplaced", "an assignment with `<-` has no place"],
  ["neuron A {\n V' <- 3 mV\n}", "2:5 syntax/wrong-operator", "an equation is written with `=`, not with `<-`"],
  ["neuron A {\n param C := 3 pF\n}", "2:10 syntax/wrong-operator", "with `=`, not with `:=`"],
  [
    "neuron A {\n reset { V = 3 mV }\n}",
    "2:12 syntax/wrong-operator",
    "an assignment in a reset is written with `<-`, not with `=`",
  ],
  [
    "neuron A {\n on a > b { V := 3 mV }\n}",
    "2:15 syntax/wrong-operator",
    "an assignment in an event is written with `<-`",
  ],
  [
    "neuron A {\n reset { V += 3 mV }\n}",
    "2:12 syntax/wrong-operator",
    "an assignment in a reset is written with `<-`",
  ],
  ["neuron A {\n reset { V' = 3 mV }\n}", "2:10 syntax/equation-in-reset", "a reset assigns with `<-`"],
  ["neuron A {\n reset V <- 3 mV\n}", "2:8 syntax/missing-braces", "what a reset assigns stands in braces"],
  [
    "neuron A {\n dV/dt = -V/τ : volt\n}",
    "2:2 syntax/derivative-notation",
    "a derivative is written `V'`, not `dV/dt`",
  ],
  ["neuron A {\n spike if V > Θ\n}", "2:8 syntax/spike-condition", "expected `when` or `with rate` after `spike`"],
  ["neuron A {\n spike V > Θ\n}", "2:8 syntax/spike-condition", "expected `when` or `with rate` after `spike`"],
  ["neuron A {\n interpret Stratonovic\n}", "2:12 syntax/unknown-calculus", "expected `Itô` or `Stratonovich`"],
  ["experiment X of Y {\n V' = 3\n}", "2:3 syntax/misplaced", "an equation has no place in a list of settings"],
  // expressions
  ["neuron A {\n let x = a**2\n}", "2:11 syntax/power-operator", "a power is written `^`, not `**`"],
  ["neuron A {\n spike when V = Θ\n}", "2:15 syntax/equals-in-expression", "inside an expression `=` is written `==`"],
  ["neuron A {\n spike when V <-50 mV\n}", "2:15 syntax/arrow-in-expression", "`< -`"],
  ["neuron A {\n spike when a < b < c\n}", "2:19 syntax/chained-comparison", "comparisons cannot be chained"],
  [
    "neuron A {\n let x = 1 + if a then b else c\n}",
    "2:14 syntax/needs-parentheses",
    "`if` after `+` stands in parentheses",
  ],
  ["neuron A {\n let x = a == not b\n}", "2:15 syntax/needs-parentheses", "`not` after `==` stands in parentheses"],
  ["neuron A {\n let x = V' + 1\n}", "2:10 syntax/derivative-in-expression", "the derivative `V'` cannot be read"],
  [
    "experiment X of Y {\n I_e = pulse(3 pA, from = 1 ms)\n}",
    "2:25 syntax/argument-label",
    "an argument is named with a colon: `from: …`",
  ],
  // the file
  ["", "1:1 syntax/no-models", "no models"],
];

test.each(MISTAKES)("%j", (text, expected, message) => {
  const { diagnostics } = read(text);
  // A second look-alike on the line is a mistake of its own.
  expect(told(diagnostics).slice(0, expected.includes("look-alike") ? 1 : undefined)).toEqual([expected]);
  if (typeof message === "string") expect(diagnostics[0]?.message).toContain(message);
  else expect(diagnostics[0]?.message).toMatch(message);
});

test.each(MISTAKES.filter(([text]) => read(text).diagnostics.some((d) => d.fixes.length > 0)))(
  "every fix of %j makes it well or leaves another mistake elsewhere",
  (text, expected) => {
    const [diagnostic] = read(text).diagnostics;
    for (const fix of diagnostic?.fixes ?? []) {
      const fixed = [...fix.edits]
        .sort((a, b) => b.span.start - a.span.start)
        .reduce((t, e) => t.slice(0, e.span.start) + e.newText + t.slice(e.span.end), text);
      expect(told(read(fixed).diagnostics), `${fix.title}: ${fixed}`).not.toContain(expected);
      if (!expected.includes("look-alike")) expect(told(read(fixed).diagnostics), `${fix.title}: ${fixed}`).toEqual([]);
    }
  },
);

test("the sentences: lower case, without a full stop, without `illegal`", () => {
  for (const [text] of MISTAKES) {
    for (const { message } of read(text).diagnostics) {
      expect(message).toMatch(/^[a-z`]/);
      expect(message).not.toMatch(/\.$|illegal|invalid token/);
    }
  }
});

test("what is opened is shown as a secondary place", () => {
  const [unclosed] = read("neuron A {\n reset { V <- (3\n }\n}").diagnostics;
  expect(unclosed?.code).toBe("syntax/unclosed");
  expect(unclosed?.secondary.map((label) => `${at(label.span)} ${label.text}`)).toEqual(["2:15 opened here"]);
});

test("mistakes on different lines are told together, and what is well comes out", () => {
  const { file, diagnostics } = read(
    "neuron A {\n param C 3 pF\n state V = 0 mV\n V' = (a + \n let y = = 3\n spike when V > 3 mV\n}\nneuron B { param d = 4 }",
  );
  expect(told(diagnostics)).toEqual(["2:10 syntax/expected", "4:11 syntax/expected", "5:10 syntax/expected"]);
  expect(file.declarations.map((d) => ("members" in d ? d.members.length : 0))).toEqual([5, 1]);
});

test("every kind of the catalogue occurs, has an explanation, and a code of the family", () => {
  const large = parseModelFile(sourceText("large", " ".repeat(16 * 1024 * 1024 + 1))).diagnostics;
  const deep = read("neuron A { let x = " + "(".repeat(300)).diagnostics;
  const many = read("neuron A {\n" + "use 3\n".repeat(1001) + "}").diagnostics;
  const found = new Set(
    [...MISTAKES.flatMap(([text]) => read(text).diagnostics), ...large, ...deep, ...many].map((d) => d.code),
  );
  expect(syntaxDiagnostics.map((kind) => kind.code).filter((code) => !found.has(code))).toEqual([]);
  expect(new Set(syntaxDiagnostics.map((kind) => kind.code)).size).toBe(syntaxDiagnostics.length);
  for (const kind of syntaxDiagnostics) {
    expect(kind.code).toMatch(/^syntax\/[a-z-]+$/);
    expect(kind.explanation.length).toBeGreaterThan(60);
  }
});
