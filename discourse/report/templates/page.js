// The page needs no script. With one, Escape or a click elsewhere closes the sentences behind a count.
(function () {
  var open = function () { return document.querySelector("td > details[open], th > details[open]"); };
  document.addEventListener("keydown", function (event) {
    var details = open();
    if (event.key === "Escape" && details) { details.open = false; details.querySelector("summary").focus(); }
  });
  document.addEventListener("click", function (event) {
    var details = open();
    if (details && !details.contains(event.target)) { details.open = false; }
  });
})();
