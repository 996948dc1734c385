/** Function words by language, as one reads them in any grammar: articles, pronouns, prepositions, auxiliaries, question words. */

/** Words by BCP 47 primary tag, separated by white space, accents as written; contractions without their apostrophe. */
export const stopWordLists: Readonly<Record<string, string>> = {
  en: `a an the and or but nor so yet if then than that this these those there here of in on at by for from to into onto
    with without within about above below over under between among through during before after since until against upon
    per via as like up down out off again further once i me my mine myself we us our ours ourselves you your yours yourself
    yourselves he him his himself she her hers herself it its itself they them their theirs themselves who whom whose
    which what when where why how am is are was were be been being do does did done doing have has had having can could may
    might must shall should will would ought cannot cant couldnt dont doesnt didnt isnt arent wasnt werent hasnt havent
    hadnt wont wouldnt shouldnt im ive id ill youre youve youll hes shes theyre theyve weve thats whats whos theres
    not no any some all both each few many much more most other such only own same too very just also now s t re ve ll nt`,
  es: `el la los las un una unos unas lo al del de a ante bajo con contra desde durante en entre hacia hasta para por según sin
    sobre tras y e o u ni pero sino que qué si sí cuando cuándo como cómo donde dónde quien quién quienes quiénes cual cuál
    cuales cuáles cuyo cuya cuanto cuánto cuánta cuántos cuántas porque yo tú él ella ello nosotros vosotros ellos ellas
    usted ustedes me te se nos os le les mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta esto estos estas
    ese esa eso esos esas aquel aquella aquello aquellos aquellas ser es son era eran fue fueron sea ha han había habían
    haber he hay está están estaba estaban estar soy eres somos sido no ya muy más menos también tan todo toda todos todas
    otro otra otros otras hizo hace hacer`,
  fr: `le la les l un une des du de d au aux à en dans par pour sur sous avec sans vers chez entre contre depuis pendant
    avant après et ou où ni mais donc or car que qu qui quoi dont quand comment pourquoi combien quel quelle quels quelles
    lequel laquelle lesquels lesquelles si comme je j tu il elle on nous vous ils elles me m te t se s lui leur leurs y moi
    toi soi eux mon ma mes ton ta tes son sa ses notre nos votre vos ce c cet cette ces cela ça ceci est sont était étaient
    être été suis es sommes êtes fut furent sera seront soit a ont avait avaient avoir ai as avons avez eu aura ne n pas
    plus moins très aussi tout toute tous toutes autre autres même mêmes fait`,
  de: `der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner und oder aber denn sondern
    sowie als wie wenn ob dass daß weil damit in im ins an am ans auf aus bei beim bis durch für gegen mit nach ohne über um
    unter von vom vor zu zum zur zwischen seit während wegen ich du er sie es wir ihr mich dich sich uns euch ihn ihm ihnen
    mein meine dein deine sein seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres unser unsere dieser diese
    dieses diesen diesem jener jene jenes wer wen wem wessen was welche welcher welches welchen welchem wann wo wohin woher
    warum weshalb wieso wieviel wie ist sind war waren bin bist seid gewesen sei wird werden wurde wurden worden hat haben
    hatte hatten habe habt kann können konnte muss müssen soll sollen will wollen darf nicht nur noch auch schon sehr so da
    dort hier mehr man alle alles`,
  pt: `o a os as um uma uns umas de do da dos das em no na nos nas num numa ao à aos às por pelo pela pelos pelas para com
    sem sob sobre entre até desde contra durante após e ou nem mas que se quando como onde quem qual quais quanto quanta
    quantos quantas porque porquê eu tu ele ela nós vós eles elas você vocês me te lhe lhes meu minha meus minhas teu tua
    seu sua seus suas nosso nossa nossos nossas este esta isto estes estas esse essa isso esses essas aquele aquela aquilo
    aqueles aquelas ser é são era eram foi foram seja sido sou somos está estão estava estavam estar há ter tem têm tinha
    tinham haver não já muito mais menos também tão todo toda todos todas outro outra outros outras fez`,
  it: `il lo la i gli le l un uno una di del dello della dei degli delle dell a al allo alla ai agli alle all da dal dallo
    dalla dai dagli dalle dall in nel nello nella nei negli nelle nell su sul sullo sulla sui sugli sulle sull con per tra
    fra senza sotto sopra contro durante dopo prima e ed o ma né che chi cui se quando come dove perché quale quali quanto
    quanta quanti quante cosa io tu lui lei noi voi loro egli ella essi mi ti si ci vi ne mio mia miei mie tuo tua suo sua
    suoi sue nostro nostra nostri nostre questo questa questi queste quello quella quelli quelle è sono era erano essere
    stato stata stati state sia fu furono ha hanno aveva avevano avere ho abbiamo non più meno molto anche già tutto tutta
    tutti tutte altro altra altri altre`,
  nl: `de het een der des den van in op aan bij met voor door over onder tussen uit tot naar om te ter ten zonder tegen
    sinds tijdens na en of maar want dus noch als dan dat die dit deze wie wat welke welk wanneer waar waarom hoe hoeveel
    ik je jij u hij zij ze wij we jullie hen hun hem haar mij me jou ons onze mijn jouw uw zijn zich is was waren ben bent
    geweest wordt worden werd werden geworden heeft hebben had hadden heb kan kunnen kon konden moet moeten zal zullen zou
    zouden wil willen mag niet geen nog ook al zeer meer er daar hier toen nu alle alles ander andere anderen`,
};
