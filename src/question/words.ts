/** The closed lists that reading a question rests on: function words, frame words, reporting verbs. General English. */

import type { Word } from "../text/tokens.ts";

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words without content: they are never searched for. Folded. */
export const functionWords = list(`
a an the this that these those some any each every either neither both all no not nor and or but if then than so as of at by for
from in into on onto upon over under about above below between among through during before after since until till to toward
towards with without within against across along around near off out up down per via is are was were be been being am do does
did doing done have has had having can could will would shall should may might must ought i me my mine we us our ours you your
yours he him his she her hers it its they them their theirs one ones who whom whose which what when where why how there here
also just only even ever still yet too very much many more most less least few several such own same other another else
anyone anybody someone somebody anything something everything nothing s t re ve ll d m dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant couldnt shouldnt im youre theyre
whats whos wheres hows please let lets get gets got
because while although though whether however thus hence again once regarding concerning`);

/** Function words that are names in capitals: the United States, the World Health Organization. */
const initials = /^(?:US|U\.S|WHO)$/;

/** Whether a word of `text` carries no content as it is written there: "us" and "who", but not "US" and "WHO". */
export function isFunctionWord(text: string, word: Word): boolean {
  return functionWords.has(word.text) && !(initials.test(text.slice(word.start, word.end)) && /\p{Ll}/u.test(text));
}

/** Words that say what kind of answer is wanted; that a text lacks them means nothing. Folded. */
export const frameWords = list(`
happen happens happened happening occur occurs occurred take takes took taken place kind kinds type types sort sorts date dates name
names named list lists give gives given tell tells told show shows find mention mentions mentioned describe describes described
explain explains explained detail details information exactly actually currently according many much number amount total
called call known know mean means meaning definition example examples come comes came go goes went gone make makes
made use used uses say says said saying quote quotes quoted word words statement statements anything corpus document documents
article articles story stories want wants involve involves involved include includes included contain contains consist consists
thing things way ways part fact facts subject topic issue matter view views opinion position stance comment comments
compare compares compared comparison difference differences differ outlet outlets newspaper newspapers paper originally located situated based there ever exist exists really long time times often
year years day days month months decide decides decided have think thinks thought answer question wrong matter issue`);

/** Verbs and other words so general that a text often says the same without them. Folded. */
export const softWords = list(`
get gets got getting give gives gave given take takes took taken go goes went gone come comes came make makes made put puts keep keeps
kept let see sees saw seen find finds found look looks looked use uses used need needs needed bring brings brought hold holds held
stand stands stood set sets run runs ran turn turns turned show shows shown become becomes became receive receives received bear bears
fall falls fell fallen start starts started begin begins began begun stay stays stayed remain remains reach reaches reached work works
seem seems seemed appear appears appeared live lives lived try tries tried cover covers covered concern concerns face faces faced
lead leads led follow follows followed apply applies affect affects affected plan plans planned bring own owns owned spend spends spent
new old first last next main big high great recent current former supposed many different certain several early late good bad own main way
people person someone thing things man men woman women everyone country countries world time today now
announce announces announced describe describes described say says said mention mentions report reports reported claim claims claimed
answer answers answered instruct instructs instructed order orders ordered tell tells told ask asks asked urge urges urged`);

/** Verbs (base forms and their inflections) that report what somebody says, asks or orders. Folded. */
const reporting = `
say says said saying|tell tells told telling|claim claims claimed claiming|state states stated stating|write writes wrote written writing
report reports reported reporting|announce announces announced announcing|declare declares declared declaring|add adds added adding
argue argues argued arguing|assert asserts asserted asserting|allege alleges alleged alleging|insist insists insisted insisting
note notes noted noting|explain explains explained explaining|warn warns warned warning|urge urges urged urging
order orders ordered ordering|instruct instructs instructed instructing|direct directs directed directing|ask asks asked asking
demand demands demanded demanding|request requests requested requesting|encourage encourages encouraged encouraging
call calls called calling|describe describes described describing|denounce denounces denounced denouncing
condemn condemns condemned condemning|criticize criticizes criticized criticise criticises criticised|praise praises praised
accuse accuses accused accusing|admit admits admitted admitting|acknowledge acknowledges acknowledged acknowledging
deny denies denied denying|confirm confirms confirmed confirming|conclude concludes concluded concluding|estimate estimates estimated estimating
find finds found|suggest suggests suggested suggesting|propose proposes proposed proposing|recommend recommends recommended
promise promises promised promising|pledge pledges pledged pledging|predict predicts predicted predicting|reveal reveals revealed revealing
read reads reading|list lists listed listing|emphasize emphasizes emphasized emphasise emphasises emphasised|stress stresses stressed
reply replies replied replying|respond responds responded responding|quip quips quipped|remark remarks remarked|comment comments commented
observe observes observed|believe believes believed|think thinks thought|cite cites cited citing|reference references referenced
mention mentions mentioned mentioning|maintain maintains maintained|contend contends contended|complain complains complained
point points pointed|outline outlines outlined|refer refers referred|portray portrays portrayed|depict depicts depicted
speak speaks spoke spoken|discuss discusses discussed|express expresses expressed|reiterate reiterates reiterated|caution cautions cautioned
advise advises advised advising|require requires required requiring|task tasks tasked|command commands commanded|specify specifies specified
answer answers answered answering|identify identifies identified|characterize characterizes characterized|decline declines declined declining|refuse refuses refused
contradict contradicts contradicted|doubt doubts doubted|blame blames blamed|question questions questioned|apologize apologizes apologized
joke jokes joked|testify testifies testified|recall recalls recalled|concede concedes conceded|signal signals signaled signalled`;

const reportingBase = new Map<string, string>();
for (const group of reporting.trim().split(/[|\n]/)) {
  const forms = group.trim().split(/\s+/);
  for (const form of forms) reportingBase.set(form, forms[0]!);
}

/** The base of a verb that reports or orders ("said" → "say"), or null. */
export function reportingVerb(word: string): string | null {
  return reportingBase.get(word) ?? null;
}

/** Verbs that ask for somebody's words in a question, but hardly report them in a text. */
const askedWith = list(
  "want name need expect seek intend mean liken compare accuse attack defend explain see call feel plan hope fear",
);

/** Whether a question's main verb, in its base form, asks for what its subject says, wants or does with words. */
export function asksForWords(verb: string): boolean {
  return askedWith.has(verb) || reportingBase.get(verb) === verb;
}

/** Verbs that only say that something was said; as the question's verb they are no part of the topic. */
export const plainSaying =
  list(`say tell claim state write report announce declare add argue assert note explain describe read list mention
comment remark think believe observe express discuss speak present outline emphasize stress maintain contend insist point refer reveal`);

/** Auxiliaries that begin a yes-or-no question or stand before the subject. */
export const auxiliaries = list(
  "is are was were am do does did has have had can could will would shall should may might must",
);

/** Pronouns that stand for something said before. */
export const pronouns = list("it he she they him her them this that these those its his their");

/** Nouns after "what", "which" or "in what" that ask for a time. */
export const timeNouns = list(
  "date night morning evening afternoon weekday hour day year month time week decade century season period era when",
);
/** Nouns that ask for a place. */
export const placeNouns = list(
  "place country countries city cities town towns state states region location continent village county area capital island where",
);
/** Nouns that ask for a person. */
export const personNouns = list(
  "person people actor actress singer author writer president minister official man woman player director manager judge lawyer nurse doctor teacher officer prosecutor lawmaker expert founder owner chairman chairwoman ceo spokesman spokeswoman mayor governor diplomat character king queen leader politician professor",
);
/** Nouns that ask for a figure. */
export const numberNouns = list(
  "number percentage percent share proportion amount total rate figure population price cost age height length distance size",
);
/** Nouns that ask for a reason. */
export const reasonNouns = list("reason reasons cause causes purpose goal aim objective motive rationale");
