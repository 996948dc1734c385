/** The words with which a web page speaks of itself, by what they do: general vocabulary, whatever the site or the advertiser. */
import { fold } from "../../text/tokens.ts";

const set = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).map(fold));

/** Beginnings of words that hardly occur but in advertising, subscription and consent. */
const trade =
  /^(?:ads?$|advert(?:is|iz|or|ent)|publicid|publicit|pubblicit|anzeige$|werbung|reklame|propaganda$|newsletter|cookie|(?:un)?subscri|suscri[bp]|abonn|abbona|assin[ae]|sponsored|promoted$|sponsort|gesponsert|patrocinad|inbox|paywall|login|signup|download|descarg|telecharg|herunterlad|scarica$|baixe$|klick|cliqu|clicca|click|popup|hashtag)/;

/** What a page asks of its reader. */
const actions =
  set(`read reading watch listen share follow continue continues continued scroll skip view browse register join
  sign log tap click see find get discover learn try check explore subscribe download leave enter
  load show save order donate accept reject allow manage print
  lee lea leer mira mire comparte comparta sigue siga continua continúa ver descubre lire lisez partager partagez suivez voir
  regardez découvrez lesen weiterlesen teilen folgen ansehen entdecken leia veja assista compartilhe confira leggi guarda
  condividi segui scopri lees bekijk deel volg luister ontdek`);

/** What a page is made of, and where one may share it. */
const parts =
  set(`article articles story stories page website site webpage comment comments photo photos photograph image
  images picture pictures video videos gallery slideshow caption credit copyright podcast podcasts newsletter newsletters link
  links content related recommended more also below above next previous up out us here menu search home app apps email mail post
  posts advertisement advertising suite twitter facebook instagram whatsapp telegram youtube tiktok linkedin reddit
  artículo artículos noticia noticias foto fotos imagen imagens imagem vídeo vídeos comentarios comentários más mais también
  também relacionado relacionados relacionadas artigo matéria aussi plus commentaires artikel bild bilder mehr auch thema
  articolo immagine anche più beeld ook meer`);

/** Parts that a label before a colon names by themselves ("Photo: …"). */
const credits =
  set(`photo photos photograph image images picture pictures video caption credit credits related recommended foto
  fotos imagen imagem bild bilder beeld immagine`);

/** Second person, and the page's own first person plural, in the languages that Dateline stems. */
const readers =
  set(`you your yours yourself usted ustedes tú tu tus te vous votre vos você vocês du dein deine dir dich ti tuo tua
  je jouw uw`);
const hosts =
  set(`we us our ours nuestro nuestra nuestros nuestras notre unser unsere unserem unseren nosso nossa nossos nossas
  nostro nostra ons onze`);

/** What a word of a page does, if it does anything; folded words only. */
export const pageWords = {
  isTrade: (word: string): boolean => trade.test(word),
  isAction: (word: string): boolean => actions.has(word),
  isPart: (word: string): boolean => parts.has(word),
  isCredit: (word: string): boolean => credits.has(word),
  isReader: (word: string): boolean => readers.has(word),
  isHost: (word: string): boolean => hosts.has(word),
};
