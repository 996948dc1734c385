/**
 * General lists of words that stand for one another: irregular forms, number words, weekdays and months, countries and
 * their people, close synonyms, and a root that joins what is derived from one word. Nothing here comes from a corpus.
 */
import { stemmer } from "./stems.ts";

/** "base form form …" a line; irregular English verbs and plurals. */
const irregularForms = `
be am is are was were been being|become became|begin began begun|bite bit bitten|blow blew blown|break broke broken
bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|come came|deal dealt|do did done does
draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought
find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|get got gotten
give gave given|go went gone goes|grow grew grown|hang hung|have had has|hear heard|hide hid hidden|hold held
keep kept|know knew known|lay laid|lead led|leave left|lend lent|lie lain|lose lost|make made|mean meant|meet met
pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent
shake shook shaken|shoot shot|show shown|shrink shrank shrunk|sing sang sung song|sink sank sunk|sit sat|sleep slept
speak spoke spoken|spend spent|stand stood|steal stole stolen|stick stuck|strike struck stricken|swear swore sworn
swim swam swum|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
understand understood|wake woke woken|wear wore worn|win won|write wrote written|withdraw withdrew withdrawn
man men|woman women|child children|person people|foot feet|tooth teeth|mouse mice|life lives|wife wives|analysis analyses
crisis crises|criterion criteria|medium media|phenomenon phenomena|bear born borne|die dead death died dies dying|choice choose`;

/** Words that may stand for one another wherever the subject is the same; stems are compared. */
const synonymGroups = `
cable telegram dispatch|freedom liberty|film movie picture|car automobile|doctor physician|attorney lawyer|begin start commence
end finish conclude|stop halt cease|buy purchase acquire|help assist aid assistance|big large|wedding marriage marry
usa us america american|uk britain british kingdom|un united nations|kill murder slay|child kid minor|job occupation profession
reason cause why|goal aim purpose objective|safeguard protect|sea ocean|author writer write|actor actress act star
sing singer vocal song|perform performer performance|play portray|compose composer|invent inventor invention|found founder establish
premiere air release debut|situate locate|prison jail imprison incarcerate|salary wage pay|vote ballot|illness disease
teacher instructor|professor academic scholar|boss chief head|company firm corporation|build construct|old aged age|area region
city town|country nation state|law legislation statute|border frontier|migrant immigrant migration immigration|refugee asylum
warn caution|urge press encourage|order instruct direct command directive instruction|demand require|ban prohibit forbid
permit allow let|reject refuse decline|approve endorse|criticise criticize condemn denounce|claim assert allege|deny dispute
investigation inquiry probe|report document|study research|increase rise grow|decrease fall decline drop reduce|attack assault|protest demonstration|election poll|leader head|president|deport expel|answer reply respond|send dispatch|stay remain|wish want|own possess belong|extra additional further more|talk discuss discussion|publish post issue release print|die kill|date write|lack miss|fee charge|home house|injure hurt wound|occur happen|create make|receive get obtain|islam muslim islamic`;

const numberWords = [
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  ),
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(
    " ",
  ),
] as const;
const tens: Readonly<Record<string, number>> = {
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

/** country, its adjective, its people: "a b c" a group. */
const countries = `
afghanistan afghan afghans|albania albanian|algeria algerian|argentina argentine argentinian|armenia armenian|australia australian
austria austrian|azerbaijan azerbaijani|bangladesh bangladeshi|belarus belarusian|belgium belgian|bolivia bolivian|bosnia bosnian
brazil brazilian|britain british briton|bulgaria bulgarian|cambodia cambodian|cameroon cameroonian|canada canadian|chile chilean
china chinese|colombia colombian|congo congolese|croatia croatian croat|cuba cuban|cyprus cypriot|czechia czech|denmark danish dane
ecuador ecuadorian|egypt egyptian|england english|eritrea eritrean|estonia estonian|ethiopia ethiopian|europe european
finland finnish finn|france french|georgia georgian|germany german|ghana ghanaian|greece greek|guatemala guatemalan|haiti haitian
honduras honduran|hungary hungarian|iceland icelandic|india indian|indonesia indonesian|iran iranian|iraq iraqi|ireland irish
israel israeli|italy italian|jamaica jamaican|japan japanese|jordan jordanian|kazakhstan kazakh|kenya kenyan|korea korean
kosovo kosovar|kuwait kuwaiti|latvia latvian|lebanon lebanese|libya libyan|lithuania lithuanian|malaysia malaysian|mali malian
mexico mexican|moldova moldovan|mongolia mongolian|morocco moroccan|myanmar burmese burma|nepal nepali nepalese
netherlands dutch holland|zealand|nicaragua nicaraguan|nigeria nigerian|norway norwegian|pakistan pakistani|palestine palestinian
panama panamanian|paraguay paraguayan|peru peruvian|philippines filipino philippine|poland polish pole|portugal portuguese
qatar qatari|romania romanian|russia russian|rwanda rwandan|saudi|scotland scottish scot|senegal senegalese|serbia serbian serb
singapore singaporean|slovakia slovak|slovenia slovenian slovene|somalia somali|spain spanish spaniard|sudan sudanese
sweden swedish swede|switzerland swiss|syria syrian|taiwan taiwanese|tanzania tanzanian|thailand thai|tunisia tunisian
turkey turkish turk|uganda ugandan|ukraine ukrainian|uruguay uruguayan|venezuela venezuelan|vietnam vietnamese|wales welsh
yemen yemeni|zambia zambian|zimbabwe zimbabwean|africa african|asia asian|west western|east eastern|north northern|south southern`;

const base = new Map<string, string>();
for (const group of irregularForms.trim().split(/[|\n]/)) {
  const [first, ...forms] = group.trim().split(/\s+/);
  for (const form of forms) if (first && !base.has(form)) base.set(form, first);
}

const stem = stemmer("en");
const groups = `${synonymGroups.trim()}|${countries.trim()}`.split(/[|\n]/).map((group) => group.trim().split(/\s+/));
/** The numbers of the groups that hold a word, by its English stem. */
const groupsOf = new Map<string, number[]>();
for (const [index, group] of groups.entries()) {
  for (const word of group) groupsOf.set(stem(word), [...(groupsOf.get(stem(word)) ?? []), index]);
}

/** The base of an irregular form ("sang" → "sing"), else the word itself. Folded words in, folded words out. */
export function baseForm(word: string): string {
  return base.get(word) ?? word;
}

/** The value of a number word or figure ("twelve", "12th", "1400" → a number), or null. Folded words in. */
export function numberValue(word: string): number | null {
  const figure = /^(\d+(?:\.\d+)?)(?:st|nd|rd|th|s|k|m|bn)?$/.exec(word);
  if (figure) return Number(figure[1]);
  const index = Math.max(numberWords[0].indexOf(word), numberWords[1].indexOf(word));
  if (index >= 0) return index;
  return tens[word] ?? null;
}

const suffixes =
  /(?:ational|ation|ition|ution|ators?|ator|ment|ance|ence|ants?|ents?|ism|ist|ness|less|ful|ship|ers?|ors?|able|ible|ally|al|ity|iti|ive|ize|ise|ous|ic|ion|at|er|or|ly|i|e)$/;

/** What is left of a stem when common derivational endings are taken off, at least four letters: "migrat", "migrant" → "migr". */
export function rootOf(stem: string): string {
  let root = stem.length > 6 ? stem.replace(/^un(?!i)/, "") : stem;
  for (let round = 0; round < 2; round++) {
    const cut = root.replace(suffixes, "");
    if (cut.length < 4 || cut === root) break;
    root = cut;
  }
  return root;
}

const countryWords = countries
  .trim()
  .split(/[|\n]/)
  .map((group) => group.trim().split(/\s+/));
const people = new Set(countryWords.flatMap((group) => group.slice(1)));
const places = new Set(countryWords.flat());

/** Whether a folded word only says of which country or people something is ("Swedish"). */
export function isPeopleWord(word: string): boolean {
  return people.has(word);
}

/** Whether a folded word is a country or its people: never a person's name. */
export function isCountryWord(word: string): boolean {
  return places.has(word);
}

/** Whether two folded words, in any inflection, stand in one of the general lists together. */
export function inOneList(one: string, other: string): boolean {
  const mine = groupsOf.get(stem(baseForm(one)));
  if (!mine) return false;
  const theirs = groupsOf.get(stem(baseForm(other)));
  return theirs?.some((group) => mine.includes(group)) ?? false;
}

/** All the words that stand in a list with this folded word in any inflection, itself left out. */
export function companions(word: string): readonly string[] {
  const own = stem(baseForm(word));
  const mine = groupsOf.get(own) ?? [];
  return mine.flatMap((group) => groups[group]!).filter((other) => stem(other) !== own);
}
