/* generator/search/documents.py */
function Phrase(slots) {
  this.slots = slots;
}

function tokensOf(phrases) {
  var found = [];
  phrases.forEach(function (phrase) {
    phrase.slots.forEach(function (slot) { found.push.apply(found, slot.tokens); });
  });
  return found;
}

function texts(joined) { return split(joined).filter(Boolean); }

/* What people say, in all its wordings. */
function said(joined, grams) {
  var found = [];
  texts(joined).forEach(function (text) {
    grams.wordings(grams.normalise(text)).forEach(function (each) {
      found.push(new Phrase(grams.slots(each)));
    });
  });
  return found;
}

/* What is a wording already. */
function worded(joined, grams) {
  return texts(joined).map(function (each) { return new Phrase(grams.slots(each)); });
}

function Document(kind, row, prior, name, called) {
  this.kind = kind;
  this.row = row;
  this.prior = prior;
  this.name = name;
  this.called = called;
  this.phrases = name.concat(called);
}

Document.prototype.says = function (written) {
  return this.phrases.some(function (phrase) {
    return phrase.slots.some(function (slot) { return slot.written === written; });
  });
};

/* How to make each document of the first part of the data, items first. */
function makers(data, grams) {
  function maker(kind, name, called, wordings) {
    return function (row) {
      var list = kind === "item" ? data.lists[row[1]] : [], prior = 0;
      if (list[3] === "village") prior += VILLAGE;
      if (list[1] === "unlisted") prior -= GONE;
      return function () {
        return new Document(kind, row, prior, said(row[name], grams),
          said(row[called], grams).concat(worded(row[wordings], grams)));
      };
    };
  }
  return data.items.map(maker("item", 2, 3, 4))
    .concat(data.places.map(maker("place", 2, 4)), data.departments.map(maker("department", 1, 3)));
}

/* The same with more phrases of the items. */
function makersWithMore(documents, more, grams) {
  return documents.map(function (each, n) {
    return function () {
      return new Document(each.kind, each.row, each.prior, each.name,
        each.called.concat(worded((more[n] || []).filter(Boolean).join("|"), grams)));
    };
  });
}
