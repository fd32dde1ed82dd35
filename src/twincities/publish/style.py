"""
The frame and style of a page: light and dark, for phones, screens and A4 paper.
"""

from __future__ import annotations

# Parts of a page have the font and colours of the site around them; a whole page sets its own in its frame.
STYLE = """
.twin-cities{overflow-wrap:break-word}
.twin-cities :is(h1,h2,h3,h4){line-height:1.25;margin:1.6em 0 .5em}
.twin-cities h1{font-size:clamp(1.4rem,5.5vw,2rem);margin-top:.5em}.twin-cities h2{font-size:1.5rem}
.twin-cities h3{font-size:1.2rem}.twin-cities h4{font-size:1rem}
.twin-cities :is(a,[tabindex]):focus-visible{outline:3px solid var(--link,currentColor);outline-offset:2px}
.twin-cities li{padding:.125rem 0}
.twin-cities nav a{display:inline-block;vertical-align:top;min-height:1.5rem;min-width:1.5rem}
.twin-cities sup{line-height:0;font-size:.75rem}.twin-cities sup a{padding:.375rem .25rem}
.twin-cities .lead{font-size:1.15rem}
.twin-cities .notice{background:var(--note,#8882);border-left:.3rem solid var(--line,#8888);padding:.5rem 1rem}
.twin-cities .scroll{container-type:inline-size;display:flex;overflow-x:auto}
.twin-cities table{border-collapse:collapse;flex:none;min-width:48rem;width:100%}
@container (width<48rem){.twin-cities .scroll::after{content:"";flex:none;position:sticky;right:0;width:2rem;pointer-events:none;
background:linear-gradient(to left,color-mix(in srgb,currentColor 40%,transparent),transparent)}
@supports (animation-timeline:scroll()){.twin-cities .scroll::after{animation:twin-cities-end linear both;animation-timeline:scroll(nearest inline)}}}
@keyframes twin-cities-end{90%{opacity:1}to{opacity:0}}
.twin-cities :is(th,td){text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--line,#8888)}
.twin-cities time{white-space:nowrap}
.twin-cities .partner{border-top:1px solid var(--line,#8888);margin-top:1.5rem}
.twin-cities dl{margin:0}.twin-cities dl div{align-items:baseline;display:flex;flex-wrap:wrap;gap:0 1rem;padding:.15rem 0}
.twin-cities dt{color:var(--quiet,inherit);min-width:12rem}.twin-cities dd{margin:0;flex:1 1 15rem}
.twin-cities figure{container-type:inline-size;margin:0}.twin-cities figure svg{width:100%;height:auto;display:block;background:#fff}
.twin-cities figcaption{color:var(--quiet,inherit);font-size:.9rem}.twin-cities svg.narrow{max-width:30rem}
.twin-cities svg.wide{display:none}
@container (min-width:56rem){.twin-cities svg.narrow{display:none}.twin-cities svg.wide{display:block}}
.twin-cities .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){html:has(.twin-cities){scroll-behavior:smooth}}
@media print{@page{size:A4;margin:18mm}.twin-cities{font-size:9.5pt;line-height:1.4}.twin-cities :is(h1,h2,h3,h4){margin:.8em 0 .3em}.twin-cities :is(.contents,.versions,.skip){display:none}
.twin-cities :is(.partner,tr,figure,li,dl div){break-inside:avoid}.twin-cities .partner{margin-top:.8rem}
.twin-cities dl{columns:2;column-gap:2rem}.twin-cities dl div{padding:0}.twin-cities dt{min-width:7rem}.twin-cities dd{flex-basis:8rem}
.twin-cities :is(ul,ol,p){margin:.3em 0}.twin-cities li{padding:0}
.twin-cities :is(h2,h3,h4){break-after:avoid}.twin-cities thead{display:table-header-group}
.twin-cities .scroll{display:block;overflow:visible}.twin-cities .scroll::after{display:none}.twin-cities table{min-width:0}
.twin-cities a[href^="http"]::after{content:" <" attr(href) ">";font-size:.8em;overflow-wrap:anywhere}
.twin-cities svg.narrow{display:none}.twin-cities svg.wide{display:block}}
""".strip()

# Every text colour here has a contrast of 4.5 or more.
FRAME = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body{{margin:0}}
.page{{box-sizing:border-box;min-height:100vh;padding:0 max(1rem,calc(50% - 32rem)) 2rem;
--ink:#1b1b1b;--quiet:#555;--paper:#fff;--line:#767676;--link:#0b4f9c;--note:#fff4d6;
color:var(--ink);background:var(--paper);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}}
.page a{{color:var(--link)}}
@media (prefers-color-scheme:dark){{.page{{--ink:#f0f0f0;--quiet:#bdbdbd;--paper:#161616;--line:#8c8c8c;
--link:#8ec5ff;--note:#40340c}}}}
@media print{{.page{{--ink:#000;--quiet:#333;--paper:#fff;--line:#999;--link:#000;--note:#fff}}}}
.page .skip{{position:absolute;left:-999rem}}
.page .skip:focus{{position:static;display:inline-block;padding:.5rem}}
{style}
</style>
{linked}
</head>
<body class="twin-cities page">
<a class="skip" href="#content">{skip}</a>
<header>{versions}<h1>{title}</h1>{lead}</header>
{nav}
<main id="content" tabindex="-1">
{body}
</main>
{footer}
</body>
</html>
"""
