/* What the phone keeps, so that the site answers without a network.

   The generator puts `SITE` before this text (generator/offline.py):
     version    changes whenever anything kept changes
     languages  by html tag: `urls` to keep, `bundle` with the pages of all items by
                path, `words` to say what is going on
   All paths start from the site's root, which is the scope of this worker.

   Pages come from the network and are kept on the way; without one, or with one that
   does not answer in time, the kept copy is shown with the day it was kept. Scripts,
   styles and search data that are kept are not asked for again: they are this version's. */
"use strict";
var ROOT = self.registration.scope;
var PAGES = "qingdan-pages";
var MOST_PAGES = 60;
var PATIENCE = 8000; /* ms; a village page needs about 2 s at 400 kbit/s */

function cacheOf(lang) {
  return "qingdan-" + SITE.version + "-" + lang;
}

function isOurs(name) {
  return name.indexOf("qingdan-") === 0 && name !== PAGES;
}

function isOld(name) {
  return isOurs(name) && name.indexOf("qingdan-" + SITE.version + "-") !== 0;
}

/* A copy that knows the day it was made. */
async function dated(response) {
  var headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Kept", new Date().toISOString());
  return new Response(await response.blob(), { headers: headers });
}

async function fetched(url) {
  /* Hashed names may come from the browser's own store, pages must be today's. */
  var response = await fetch(url, { cache: isHashed(url) ? "default" : "no-cache" });
  if (!response.ok) throw new Error(url + ": " + response.status);
  return dated(response);
}

function isHashed(url) {
  return /\.[0-9a-f]{8}\.[a-z0-9]+$/.test(url);
}

/* Keep a language whole, or not at all. */
async function keep(lang) {
  var wanted = SITE.languages[lang];
  if (!wanted || (await caches.has(cacheOf(lang)))) return;
  var urls = wanted.urls.concat(wanted.bundle);
  var copies = await Promise.all(urls.map(function (url) { return fetched(ROOT + url); }));
  var cache = await caches.open(cacheOf(lang));
  await Promise.all(copies.map(function (copy, at) { return cache.put(ROOT + urls[at], copy); }));
}

async function keepPages(urls) {
  var cache = await caches.open(PAGES);
  await Promise.all(urls.map(async function (url) {
    if (url.indexOf(ROOT) === 0) await cache.put(bare(url), await fetched(bare(url)));
  }));
}

function bare(url) {
  return url.replace(/[?#].*$/, "");
}

/* A new version fetches what the old one kept, before it takes over. */
async function keepAgain() {
  var names = await caches.keys();
  var langs = Object.keys(SITE.languages).filter(function (lang) {
    return names.some(function (name) { return isOld(name) && name.slice(-lang.length - 1) === "-" + lang; });
  });
  await Promise.all(langs.map(keep));
}

async function clean() {
  var names = await caches.keys();
  await Promise.all(names.filter(isOld).map(function (name) { return caches.delete(name); }));
}

async function trim(cache) {
  var keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_PAGES)).map(function (key) { return cache.delete(key); }));
}

/* The kept copy of a page: visited, part of its language, or out of the bundle of items. */
async function kept(url) {
  var visited = await caches.open(PAGES).then(function (cache) { return cache.match(url); });
  return visited || (await caches.match(url)) || unbundled(url.slice(ROOT.length));
}

async function unbundled(path) {
  for (var lang of Object.keys(SITE.languages)) {
    var bundle = await caches.match(ROOT + SITE.languages[lang].bundle);
    var page = bundle && (await bundle.json())[path];
    if (page) return new Response(page, { headers: { "X-Kept": bundle.headers.get("X-Kept") } });
  }
  return undefined;
}

/* A kept page says so, in its own language. */
async function marked(copy, word) {
  var text = await copy.text();
  var lang = (text.match(/<html lang="([^"]+)"/) || [])[1];
  var wanted = SITE.languages[lang] || SITE.languages[Object.keys(SITE.languages)[0]];
  var day = new Date(copy.headers.get("X-Kept")).toLocaleDateString(lang, { year: "numeric", month: "long", day: "numeric" });
  var note = '<p class="note-bar" role="status">' + wanted.words[word].replace("{date}", day) + "</p>";
  var headers = { "Content-Type": "text/html; charset=utf-8" };
  return new Response(text.replace("<header>", function () { return "<header>" + note; }), { headers: headers });
}

async function fromNetwork(request, url) {
  var response = await fetch(request);
  var isPage = (response.headers.get("Content-Type") || "").indexOf("text/html") === 0;
  if (response.ok && isPage) {
    var cache = await caches.open(PAGES);
    await cache.put(url, await dated(response.clone()));
    await trim(cache);
  }
  return response;
}

function late() {
  return new Promise(function (resolve, reject) { setTimeout(reject, PATIENCE); });
}

async function page(request) {
  var url = bare(request.url);
  var copy = await kept(url);
  var network = fromNetwork(request, url);
  network.catch(function () {}); /* may still fail after the copy was shown */
  try {
    return await (copy ? Promise.race([network, late()]) : network);
  } catch (offline) {
    if (!copy) return unkept(url);
    return marked(copy, /\?unkept$/.test(request.url) ? "unkept" : "saved");
  }
}

/* A page that is not on the phone: lead home, which is, and say so there. */
function unkept(url) {
  var homes = Object.keys(SITE.languages).map(function (lang) { return ROOT + SITE.languages[lang].urls[0]; });
  var home = homes.filter(function (each) { return url.indexOf(each) === 0; }).sort(function (a, b) { return b.length - a.length; })[0];
  return url === home ? Response.error() : Response.redirect(home + "?unkept", 302);
}

async function asset(request) {
  return (await caches.match(request.url)) || fetch(request);
}

self.addEventListener("install", function (event) {
  event.waitUntil(keepAgain().then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(clean().then(function () { return self.clients.claim(); }));
});

self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || request.url.indexOf(ROOT) !== 0) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(asset(request));
});

/* {lang, pages}: keep this language and these pages, and tell the asker when it is done. */
self.addEventListener("message", function (event) {
  var asked = event.data;
  var done = keep(asked.lang).then(function () { return keepPages(asked.pages); });
  event.waitUntil(done.then(function () {
    event.source.postMessage({ version: SITE.version, words: SITE.languages[asked.lang].words });
  }));
});
