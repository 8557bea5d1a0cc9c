/** Light and dark by the reader's choice; on paper, light. */
export const STYLE = `
:root{--ground:#f4f3ee;--surface:#fffefb;--ink:#1d2423;--soft:#5b6663;--line:#dedbd1;--sunken:#eeece4;
--good:#0c6b66;--bad:#b3261e;--warn:#8a5a00;--unknown:#6b4fa0;--plain:#0f7a73;--low:#33617f}
@media (prefers-color-scheme:dark){:root{--ground:#101716;--surface:#182120;--ink:#e8ecea;--soft:#9fadaa;--line:#2f3b39;--sunken:#111a19;
--good:#4dbdb2;--bad:#ff8a7f;--warn:#f0b65a;--unknown:#b9a2ee;--plain:#3aa79d;--low:#8fc3e6}}
@media print{:root{--ground:#fff;--surface:#fff;--ink:#000;--soft:#444;--line:#bbb;--sunken:#f3f3f3;--good:#0c6b66;--bad:#b3261e;--warn:#8a5a00;--unknown:#6b4fa0;--plain:#0f7a73;--low:#33617f}
body{font-size:10pt}section,article,header{box-shadow:none!important}article,tr,.finding,.verdict{break-inside:avoid}h2,h3{break-after:avoid}i,.ring,.matrix td{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 Figtree,system-ui,-apple-system,'Segoe UI',sans-serif}
header,main,footer{max-width:64rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}.brand{display:flex;gap:.5rem;align-items:center;margin:0;font-weight:650;letter-spacing:.01em}
h1{font-size:2rem;line-height:1.15;letter-spacing:-.02em;margin:.75rem 0 .25rem;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:1.15rem;letter-spacing:-.01em;margin:0 0 .75rem}h3{font-size:1rem;margin:0 0 .25rem}
p{margin:0 0 .5rem}.soft{color:var(--soft)}code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
section,.facts{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:1.25rem 1.5rem;margin:1rem 0}
.verdict{display:flex;gap:1.75rem;align-items:center;border-left:6px solid var(--unknown)}
.verdict.isolated,.verdict.sound{border-left-color:var(--good)}.verdict.broken{border-left-color:var(--bad)}.verdict.unproven{border-left-color:var(--warn)}
.verdict h2{font-size:1.7rem;margin:0 0 .25rem}.isolated h2,.sound h2{color:var(--good)}.broken h2{color:var(--bad)}.unproven h2{color:var(--warn)}
.ring{flex:none;width:8rem}.ring circle{fill:none;stroke:var(--line);stroke-width:9}.ring .done{stroke:currentColor;stroke-linecap:butt}
.isolated .ring,.sound .ring{color:var(--good)}.broken .ring{color:var(--bad)}.unproven .ring{color:var(--warn)}
.ring text{fill:var(--ink);font-size:26px;font-weight:700;text-anchor:middle}.ring .of{font-size:9px;font-weight:400;fill:var(--soft)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.75rem 1.5rem}.facts dt{color:var(--soft);font-size:.8rem}.facts dd{margin:0;font-weight:600;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600}thead th{color:var(--soft);font-size:.8rem;font-weight:500}
td,th{padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}tbody tr:last-child>*{border-bottom:0}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0;padding-left:.75rem}td.n:first-child{width:2.6rem;padding:.4rem .75rem .4rem 0;color:var(--soft)}
.parts th[scope]{width:38%;font-weight:500}.parts td{vertical-align:middle}.parts td:nth-child(2){width:46%}.bar{display:flex;height:.7rem;border-radius:4px;overflow:hidden;background:var(--sunken);gap:2px}
i.passed{background:var(--good)}i.failed{background:var(--bad)}i.waived{background:var(--warn)}i.unknown{background:var(--unknown)}i.plain{background:var(--plain)}
.legend{display:flex;flex-wrap:wrap;gap:1rem;margin:.75rem 0 0;color:var(--soft);font-size:.8rem}.legend span::before,.dot::before{content:'';display:inline-block;width:.6rem;height:.6rem;border-radius:2px;margin-right:.4rem;background:currentColor}
.legend .passed::before,.dot.passed::before{color:var(--good)}.legend .failed::before,.dot.failed::before{color:var(--bad)}.legend .waived::before,.dot.waived::before{color:var(--warn)}.legend .unknown::before,.dot.unknown::before{color:var(--unknown)}
.dot.none::before{color:var(--line)}.dot{white-space:nowrap}.tag{display:inline-block;font-size:.72rem;font-weight:650;padding:.05rem .5rem;border-radius:99px;border:1px solid currentColor;vertical-align:.1em}
.critical,.high{color:var(--bad)}.tag.critical{background:var(--bad);color:var(--surface);border-color:var(--bad)}.medium{color:var(--warn)}.low{color:var(--low)}
.rule{padding:1rem 0;border-top:1px solid var(--line)}.rule:first-of-type{border-top:0;padding-top:0}.finding{margin:.75rem 0 0;padding-left:1rem;border-left:3px solid var(--line)}.finding b{overflow-wrap:anywhere}
pre{margin:.25rem 0 .5rem;padding:.6rem .8rem;background:var(--sunken);border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere}
section>h3{margin-top:1rem}.every{table-layout:fixed}.every td:nth-child(3){width:5.5rem}.every td:nth-child(4){width:8.5rem}.how{white-space:nowrap;width:6.5rem}
summary{cursor:pointer;font-weight:600;padding:.5rem 0}.every td:nth-child(3){color:var(--soft);white-space:nowrap}.key{overflow-wrap:anywhere;font-size:1rem}
footer{padding-bottom:3rem;color:var(--soft);font-size:.85rem}
@media (max-width:40rem){h1{font-size:1.5rem}.verdict{flex-direction:column;align-items:flex-start;gap:1rem}section,.facts{padding:1rem}td,th{overflow-wrap:anywhere}td.how{overflow-wrap:normal;width:5.5rem}.every td:nth-child(3){display:none}}
`;
