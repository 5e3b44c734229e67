/* generator/search/packing.py */
function unpacked(data) {
  var bits = atob(data[0]), used = [];
  Array.from(commonCharacters()).forEach(function (each, n) {
    if (bits.charCodeAt(n >> 3) & (128 >> (n & 7))) used.push(each);
  });
  var found = JSON.parse(data[1].replace(/[\u0080-\u07ff]/g, function (each) {
    return used[each.charCodeAt(0) - 128];
  }));
  ["items", "places", "departments", "phrases"].forEach(function (name) {
    if (!found[name]) return;
    var columns = found[name].map(function (each) { return each.split ? each.split("\n") : each; });
    found[name] = (columns[0] || []).map(function (first, n) {
      return columns.map(function (column) { return column[n]; });
    });
  });
  return found;
}
