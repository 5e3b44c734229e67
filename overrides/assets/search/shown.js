/* generator/search/shown.py */
function Shown(data) {
  this.data = data;
  var townships = {}, parents = this.parents = {}, numbers = this.numbers = {};
  var names = new Set(split(data.around));
  data.places.forEach(function (row) {
    townships[row[1]] = row[0];
    numbers[row[0]] = row[3];
    split(row[4]).concat(row[2]).forEach(names.add, names);
  });
  data.places.forEach(function (row) {
    var township = townships[row[1].slice(0, row[1].lastIndexOf("/"))];
    if (township) parents[row[0]] = township;
  });
  this.placeNames = Array.from(names).filter(Boolean).sort(function (a, b) {
    return b.length - a.length || (a < b ? -1 : 1);
  });
}

Shown.prototype.codes = function (place) {
  return [place, this.parents[place]].filter(Boolean);
};

Shown.prototype.isIn = function (place, places) {
  return Boolean(place) && this.codes(place).some(function (each) { return places.indexOf(each) >= 0; });
};

Shown.prototype.holds = function (row, place) {
  var places = row[7] || [];
  return !(place && places.length) || this.isIn(place, places);
};

Shown.prototype.names = function (indexes) {
  var departments = this.data.departments;
  return indexes.map(function (each) { return departments[each][1]; }).join(this.data.joint);
};

Shown.prototype.phone = function (responsible, level, role, place) {
  var numbers = this.numbers;
  if ((level === "village" && role === "does") || !responsible.length) {
    if (place) return this.codes(place).map(function (each) { return numbers[each]; }).filter(Boolean)[0] || "";
  }
  return responsible.length ? this.data.departments[responsible[0]][2] : "";
};

function calledFor(joined, asked) {
  return split(joined).map(function (phrase, n) {
    var said = asked.filter(function (token) { return token.length > 1 && phrase.indexOf(token) >= 0; }).length;
    return { phrase: phrase, said: said, n: n };
  }).sort(function (a, b) { return b.said - a.said || a.n - b.n; })
    .slice(0, LONGEST_CALLED).map(function (each) { return each.phrase; });
}

function marksFor(asked, text) {
  var lower = text.toLowerCase();
  return asked.filter(function (each) { return each.length > 1 && lower.indexOf(each) >= 0; }).sort();
}

Shown.prototype.result = function (document, asked, place) {
  var row = document.row, found = {
    kind: document.kind, id: row[0], list: "", path: "", name: row[2], called: [], role: "", verdict: "",
    who: "", phone: "", instead: "", marks: []
  };
  if (document.kind === "place") {
    found.path = row[1];
    found.phone = row[3];
    found.marks = marksFor(asked, found.name);
  } else if (document.kind === "department") {
    found.path = "departments/" + row[0];
    found.name = row[1];
    found.phone = row[2];
    found.called = calledFor(row[3], asked);
    found.marks = marksFor(asked, row[1] + row[3]);
  } else this.item(found, row, asked, place);
  return found;
};

Shown.prototype.item = function (found, row, asked, place) {
  var shown = this, listed = row[1], responsible = row[5] || [];
  (row[8] || []).forEach(function (variant) {
    if (!shown.isIn(place, variant[0])) return;
    if (variant[1] >= 0) listed = variant[1];
    found.name = variant[2] || found.name;
    if (variant[3] >= 0) responsible = [variant[3]];
  });
  var list = this.data.lists[listed];
  found.path = "items/" + row[0];
  found.called = calledFor(row[3], asked);
  found.list = list[0];
  found.role = list[1];
  found.verdict = list[2];
  var isUnlisted = list[1] === "unlisted";
  found.who = this.names(responsible) || (isUnlisted ? "" : this.data.itself);
  found.phone = this.phone(responsible, list[3], list[1], place);
  found.instead = isUnlisted || list[1] === "does-not" ? this.names(row[6] || []) : "";
  found.marks = marksFor(asked, found.name + (row[3] || ""));
};
