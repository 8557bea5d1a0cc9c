/** The page's own sheet: light or dark as the person's system is, and one column on a phone. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f4f3ee;--surface:#fffefb;--ink:#1d2423;--soft:#56615e;--line:#dedbd1;--edge:#8c938f;--sunken:#eeece4;
--accent:#0c6b66;--on-accent:#fff;--bad:#b3261e;--warn:#805300;--other:#6b4fa0}
@media (prefers-color-scheme:dark){:root{--ground:#101716;--surface:#182120;--ink:#e8ecea;--soft:#a5b2af;--line:#2f3b39;--edge:#71807c;--sunken:#111a19;
--accent:#4dbdb2;--on-accent:#0c1a18;--bad:#ff8a7f;--warn:#f0b65a;--other:#b9a2ee}}
*{box-sizing:border-box}
html{scroll-padding-bottom:10rem}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 Figtree,system-ui,-apple-system,'Segoe UI',sans-serif}
header,main{max-width:60rem;margin:0 auto;padding:0 1.25rem}
header{display:flex;align-items:center;justify-content:space-between;gap:1rem;padding-top:1.25rem}
.brand{margin:0;font-weight:700;letter-spacing:-.01em}.brand span{color:var(--accent)}
nav{display:flex;gap:.25rem}nav a{color:var(--soft);text-decoration:none;padding:.35rem .75rem;border-radius:8px}
nav a:hover{background:var(--sunken);color:var(--ink)}nav a[aria-current]{background:var(--surface);color:var(--ink);font-weight:600;box-shadow:0 0 0 1px var(--line)}
h1{font-size:1.9rem;line-height:1.15;letter-spacing:-.02em;margin:1.75rem 0 .25rem;text-wrap:balance}
h2{font-size:1rem;margin:0;overflow-wrap:anywhere}p{margin:0 0 .5rem}.soft{color:var(--soft)}
code,pre{font:.87em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
section,article,.chosen{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:1rem 1.25rem;margin:1rem 0}
section h2{margin-bottom:.5rem}.empty{text-align:center;padding:3rem 1.25rem}.empty h2{font-size:1.2rem}
.chips{flex-wrap:wrap;margin:1rem 0;gap:.5rem}.chips a{border:1px solid var(--line);border-radius:99px;font-size:.87rem;overflow-wrap:anywhere}
.chips a[aria-current]{border-color:var(--accent);box-shadow:none}.chips span{font-variant-numeric:tabular-nums}
.head{display:flex;align-items:center;gap:.75rem;flex-wrap:wrap}.head h2{flex:1 1 12rem}
input[type=checkbox]{width:1.15rem;height:1.15rem;accent-color:var(--accent);margin:0;flex:none}
.tag{font-size:.78rem;font-weight:600;padding:.1rem .6rem;border-radius:99px;border:1px solid currentColor}
.orphan{color:var(--other)}.ambiguous,.duplicate{color:var(--warn)}.contradiction{color:var(--bad)}
.points{list-style:none;margin:.75rem 0 0;padding:0 0 0 .9rem;border-left:3px solid var(--line)}.points+dl,article>.soft+dl{margin-top:.75rem}
article>.soft{margin:.75rem 0 0}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem 1.25rem;margin:.75rem 0;max-height:15rem;overflow:hidden auto}
dt{color:var(--soft);font-size:.8rem}dd{margin:0;overflow-wrap:anywhere;max-height:6em;overflow:hidden auto}
.decide{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
button,select,input:not([type=checkbox]){font:inherit;min-height:2.4rem;padding:.3rem .9rem;border-radius:8px;border:1px solid var(--edge);background:var(--surface);color:var(--ink);max-width:100%}
button{cursor:pointer;font-weight:550}button:hover{background:var(--sunken)}
.give{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}.give:hover{background:color-mix(in srgb,var(--accent) 88%,var(--ink))}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.chosen{position:sticky;bottom:.75rem;display:flex;flex-wrap:wrap;gap:.75rem 1.25rem;align-items:end;box-shadow:0 6px 24px #0002}
.chosen legend{font-weight:600;padding:0;float:left;width:100%}.chosen label{display:grid;gap:.15rem;font-size:.85rem;color:var(--soft)}
.chosen .tick{display:flex;align-items:center;gap:.5rem;min-height:2.4rem;color:var(--ink)}
.list{list-style:none;margin:0;padding:0}.list li{display:flex;justify-content:space-between;gap:.5rem 1rem;padding:.6rem 0;border-top:1px solid var(--line);flex-wrap:wrap}
.list li:first-child{border-top:0}.list li>div{min-width:0;overflow-wrap:anywhere}summary{cursor:pointer;color:var(--soft)}
pre{margin:.25rem 0;padding:.6rem .8rem;background:var(--sunken);border-radius:8px;white-space:pre-wrap}
.notices p,.refused{border-left:3px solid var(--accent);padding:.35rem .75rem;margin:.5rem 0;background:var(--sunken);border-radius:0 8px 8px 0;overflow-wrap:anywhere}
.notices .refused,article>.refused{border-color:var(--bad)}
@media (max-width:40rem){h1{font-size:1.5rem}.decide button{flex:1 1 100%}.chosen{position:static}dl{grid-template-columns:repeat(2,minmax(0,1fr))}}
`;
