/* generator/search/stem.py */
function stem(word) {
  if (word.length < 4) return word;
  var ending = ENDINGS.find(function (each) { return each[0].test(word); });
  if (ending) word = word.replace(ending[0], ending[1]);
  var verb = /^(.*[aeiou].*?)(?:ing|ed)$/.exec(word);
  if (verb && verb[1].length >= 3) word = verb[1].replace(/([bdgmnprt])\1$/, "$1");
  return word.length > 4 ? word.replace(/e$/, "") : word;
}
