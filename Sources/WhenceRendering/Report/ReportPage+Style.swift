extension ReportPage {
    /// Light, and dark where the reader prefers it. Nothing is loaded from elsewhere.
    static let styleSheet: StaticString = """

        :root{color-scheme:light dark;--ground:#fff;--ink:#18212d;--muted:#5d6b7c;--rule:#dfe5ec;--pill:#f3f5f8;
        --bar:#b9c9e4;--tick:#18212d;--mark:#ffe08a;--mark-ink:#3a2b00;--accent:#1f5fbf;--alarm:#b4430a;--found:#fff7e3}
        @media (prefers-color-scheme:dark){:root{--ground:#11161d;--ink:#e9eef5;--muted:#9aa7b8;--rule:#2b3542;
        --pill:#1a212b;--bar:#3b5680;--tick:#e9eef5;--mark:#ffd257;--mark-ink:#2b2000;--accent:#79b0ff;
        --alarm:#ff9f5f;--found:#241f12}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:15.5px/1.55 ui-sans-serif,system-ui,-apple-system,
        "Segoe UI","Helvetica Neue","Noto Sans",Arial,sans-serif}
        header,main,footer{max-width:68rem;margin:0 auto;padding:0 1.5rem}
        header{padding-top:2.5rem}h1{font-size:1.75rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
        h2{font-size:1.25rem;margin:0 0 .35rem}h3{font-size:1rem;margin:1.4rem 0 .3rem}h3 .small{font-weight:400}p{margin:.35rem 0;max-width:52rem}
        section{margin-top:2.75rem;padding-top:1.5rem;border-top:1px solid var(--rule)}
        .muted,footer{color:var(--muted)}.small{font-size:.86rem}.alarm{color:var(--alarm);font-weight:650}
        .cards{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0 0;padding:0}
        .card{background:var(--pill);border-radius:.6rem;padding:.7rem 1rem;min-width:8.5rem;flex:1}
        .card dt{color:var(--muted);font-size:.82rem}.card dd{margin:0;font-size:1.5rem;font-weight:650;line-height:1.3;
        font-variant-numeric:tabular-nums}.card .small{display:block;font-weight:400;line-height:1.35}
        .bars{display:grid;grid-template-columns:max-content minmax(6rem,22rem) max-content;gap:.3rem .8rem;
        align-items:center;margin:.8rem 0}
        .bar{display:block;height:.85rem;border-radius:.2rem;background:var(--bar);min-width:2px}
        .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:0 3rem}
        .scroll{overflow-x:auto;margin:1rem 0}
        table{border-collapse:collapse;min-width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:.34rem .7rem;border-bottom:1px solid var(--rule);text-align:right;white-space:nowrap}
        th:first-child,td:first-child{padding-left:.5rem}
        th.name,td.name{text-align:left}td.name{font-weight:600;white-space:normal;overflow-wrap:anywhere;min-width:7rem}
        td.text{text-align:left;white-space:normal;overflow-wrap:anywhere}
        th{color:var(--muted);font-size:.84rem;font-weight:600;vertical-align:bottom}
        th button{all:unset;cursor:pointer}th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
        tr.found td{background:var(--found)}
        .rate{display:inline-block;position:relative;width:6.5rem;height:.85rem;margin-left:.6rem;vertical-align:-.08rem;
        background:var(--pill);border-radius:.2rem;overflow:hidden}
        .rate i{position:absolute;inset:0 auto 0 0;background:var(--bar)}
        .rate b{position:absolute;top:0;bottom:0;width:2px;background:var(--tick)}
        tr.found .rate i{background:var(--alarm)}
        mark{background:var(--mark);color:var(--mark-ink);border-radius:.2rem;padding:0 .2rem}
        ul.rows{list-style:none;margin:.2rem 0 0;padding:0}ul.rows li{padding:.22rem 0;overflow-wrap:anywhere}
        .place{color:var(--muted);font-size:.86rem;margin-right:.6rem}
        .change{color:var(--muted);font-size:.86rem;margin-left:.6rem;white-space:nowrap}
        details{margin:1rem 0 0;max-width:52rem}summary{cursor:pointer;color:var(--accent)}
        footer{margin-top:3rem;padding-top:1rem;padding-bottom:2.5rem;font-size:.86rem}
        @media print{th button::after{content:none!important}section{break-inside:avoid}}

        """

    /// Sorts a table by the column whose heading is pressed; without it headings do nothing.
    static let script: StaticString = """
        document.addEventListener("click",function(event){var button=event.target.closest("th button");if(!button)return;
        var head=button.parentNode,table=head.closest("table"),column=head.cellIndex,body=table.tBodies[0],
        value=function(row){return row.cells[column].getAttribute("data-value")},
        isText=value(body.rows[0])===null,before=head.getAttribute("aria-sort"),
        up=before?before==="descending":isText;
        table.querySelectorAll("th").forEach(function(other){other.removeAttribute("aria-sort")});
        head.setAttribute("aria-sort",up?"ascending":"descending");
        Array.from(body.rows).sort(function(one,other){
        var order=isText?one.cells[column].textContent.localeCompare(other.cells[column].textContent):
        value(one)-value(other);
        return up?order:-order}).forEach(function(row){body.appendChild(row)})});
        """

    /// What the page may do, should a text ever escape from its place: nothing but this script and this style sheet.
    ///
    /// The digest is that of ``script``, which a test makes anew.
    static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src '\(scriptDigest)'; base-uri 'none'; form-action 'none'"

    private static let scriptDigest = "sha256-eTt7N0orojWYvxOV4DYc/mL3AKjQKHCpVP4pVc01xLg="
}
