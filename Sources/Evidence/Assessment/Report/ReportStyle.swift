internal import Graphics
internal import HTML

/// The page's style sheet.
enum ReportStyle {
    /// The `style` element.
    /// - Parameter running: what stands at the foot of each printed page.
    static func element(running: String) -> Html {
        // Written here and in Graphics, except for the running foot, which is escaped for CSS and for HTML.
        "<style>\(raw: sheet)\(raw: Theme.darkStyleSheet)\(raw: foot(running))</style>"
    }

    private static func foot(_ text: String) -> String {
        let safe = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\\", "\"", "<", ">", "&": "\\" + String(scalar.value, radix: 16) + " "
            default: scalar.value < 0x20 ? " " : String(scalar)
            }
        }.joined()
        return """
            @page{@bottom-left{content:"\(safe)";font:9pt system-ui,sans-serif;color:#50575d}}
            """
    }

    static let sheet = """

        :root{color-scheme:light dark;--paper:#fff;--ink:#0b0c0c;--soft:#50575d;--line:#b9c0c6;--faint:#eef1f4;\
        --link:#1a5a96;--brand:#0c3663;--on-brand:#fff;--mark:#fff3c4}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",\
        Roboto,"Liberation Sans",Arial,sans-serif}
        a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
        a:hover{text-decoration-thickness:3px}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid #ffbf47;outline-offset:2px}
        .skip{position:absolute;left:-999em;background:var(--paper);padding:.5rem 1rem;z-index:2}
        .skip:focus{left:1rem;top:1rem}
        .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .top{background:var(--brand);color:var(--on-brand)}
        .inner,.frame,footer{max-width:78rem;margin:0 auto;padding:0 1.25rem}
        .top .inner{padding-top:2.25rem;padding-bottom:1.75rem}
        h1{font-size:clamp(2.2rem,6vw,3.4rem);line-height:1.1;margin:0 0 1.25rem;letter-spacing:-.01em}
        .kicker{display:block;font-size:1.0625rem;font-weight:400;line-height:1.4;letter-spacing:0;margin-bottom:.35rem}
        .top dl{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:0}
        .top dt{font-size:.875rem;opacity:.85}
        .top dd{margin:0;font-weight:600}
        h2{font-size:1.75rem;line-height:1.2;margin:0 0 .75rem;letter-spacing:-.005em}
        h3{font-size:1.25rem;line-height:1.3;margin:0 0 .75rem}
        p{margin:0 0 1rem;max-width:44rem}
        .lead{font-size:1.1875rem;color:var(--soft)}
        .part{padding:2.25rem 0 1rem;border-top:1px solid var(--line)}
        .findings{border-top:0}
        .block{margin:2.25rem 0 2.5rem;scroll-margin-top:1rem}
        .contents{padding:1.75rem 0 .5rem}
        .contents h2{font-size:1.0625rem;margin-bottom:.5rem}
        .contents ol,.contents ul{list-style:none;margin:0;padding:0}
        .contents li{margin:.3rem 0;line-height:1.35}
        .contents ul{display:none}
        .contents a{display:inline-block;min-height:1.5rem;padding:.1rem 0;text-decoration:none}
        .contents a:hover{text-decoration:underline}
        .points{padding-left:1.2rem;margin:0 0 1rem;max-width:44rem}
        .points li{margin:0 0 .6rem}
        .source{font-size:.8125rem;white-space:nowrap;color:var(--soft)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:1rem;margin:0 0 1.75rem}
        .tiles div{border-top:4px solid var(--brand);background:var(--faint);padding:.85rem 1rem 1rem}
        .tiles dt{font-size:.9375rem}
        .tiles dd{margin:.15rem 0 0;font-size:2.1rem;font-weight:700;line-height:1.15;font-variant-numeric:tabular-nums}
        .tiles small{display:block;font-size:.9375rem;font-weight:400;line-height:1.35;color:var(--soft);margin-top:.2rem}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:2rem 2.5rem}
        figure{margin:0 0 1.25rem;grid-column:1/-1;max-width:48rem}
        figure.map{grid-column:auto;max-width:30rem}
        figcaption{margin:0 0 .75rem;line-height:1.4}
        figcaption b{display:block;font-size:.875rem;color:var(--soft)}
        figure svg{display:block;width:100%;height:auto;overflow:visible}
        .narrow{display:none}
        .scroll{position:relative;overflow-x:auto;margin:0 0 .75rem}
        table{border-collapse:collapse;width:100%;font-size:.9375rem;line-height:1.4;font-variant-numeric:tabular-nums}
        table.small{font-size:.875rem}
        table.few{max-width:48rem}
        caption{text-align:left;font-weight:600;padding:0 0 .4rem;font-size:.875rem;color:var(--soft)}
        th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
        thead th{vertical-align:bottom;border-bottom:2px solid var(--ink);line-height:1.25}
        tbody th{font-weight:400;min-width:7rem}
        .n{text-align:right;white-space:nowrap;padding-left:.5rem}
        thead .n{white-space:normal}
        th:last-child,td:last-child{padding-right:.25rem}
        .total th,.total td{font-weight:700;border-bottom-width:2px}
        tbody tr:hover{background:var(--faint)}
        tr:target,p:target{background:var(--mark)}
        .digest{font-family:ui-monospace,"Liberation Mono",monospace;font-size:.75rem;overflow-wrap:anywhere;min-width:13rem}
        .notes{font-size:.875rem;color:var(--soft);max-width:46rem;padding-left:1.1rem;margin:.5rem 0 0}
        .none{color:var(--soft)}
        summary{cursor:pointer;color:var(--link);padding:.35rem 0}
        .in-print{display:none}
        footer{padding-top:1.25rem;padding-bottom:2.5rem;border-top:1px solid var(--line);font-size:.9375rem;\
        color:var(--soft);margin-top:1.5rem}
        @media screen and (max-width:36rem){
        .wide{display:none}.narrow{display:block;max-width:26rem}
        .inner,.frame,footer{padding-left:1rem;padding-right:1rem}
        h2{font-size:1.5rem}
        tbody th{min-width:5rem}
        .tiles{grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.6rem}
        .tiles div{padding:.7rem .7rem .8rem}
        .tiles dd{font-size:1.5rem}
        }
        @media screen and (min-width:64rem){
        .frame{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:3.5rem}
        .contents{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding-top:2.4rem}
        .contents ul{display:block;margin:.1rem 0 .5rem;padding-left:.75rem;border-left:2px solid var(--line);\
        font-size:.875rem}
        }
        @media screen and (prefers-color-scheme:dark){
        :root{--paper:#12171c;--ink:#f1f4f6;--soft:#aeb8c0;--line:#414c56;--faint:#1b232a;--link:#8cc3f5;\
        --brand:#16324f;--on-brand:#f1f4f6;--mark:#4a4211}
        }
        @page{size:A4;margin:17mm 16mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);\
        font:9pt system-ui,sans-serif;color:#50575d}}
        @media print{
        :root{color-scheme:light}
        body{font-size:10pt;line-height:1.45}
        .skip,details{display:none}
        .in-print{display:block;font-size:8.5pt;color:var(--soft)}
        .inner,.frame,footer{max-width:none;padding-left:0;padding-right:0}
        .top{background:none;color:var(--ink);border-bottom:3pt solid var(--brand)}
        .top .inner{padding:0 0 12pt}
        h1{font-size:28pt}h2{font-size:17pt}h3{font-size:12.5pt}
        .contents ol{columns:2}
        .part{padding:14pt 0 0}
        .part{border-top:0}
        .findings+.part,.part:last-of-type{break-before:page;padding-top:0}
        .block{margin:14pt 0 18pt}
        .lead{font-size:11pt}
        h2,h3,figcaption,caption{break-after:avoid}
        figure,tr,.tiles div,li{break-inside:avoid}
        p,li{orphans:3;widows:3}
        thead{display:table-header-group}
        .figures{grid-template-columns:1fr 1fr;gap:12pt 16pt}
        figure{max-width:142mm}
        figure.map{max-width:92mm}
        table.short,.notes{break-inside:avoid}
        .notes{break-before:avoid}
        figure svg{overflow:hidden}
        .scroll{overflow:visible}
        table{font-size:8.5pt;line-height:1.3}
        table.small{font-size:7.5pt}
        th,td{padding-top:2.5pt;padding-bottom:2.5pt;padding-right:6pt}
        tbody th{min-width:0}
        .notes{font-size:8.5pt}
        .digest{font-size:6.5pt;min-width:0}
        a{color:inherit;text-decoration:none}
        a[href^="http"]::after{content:" (" attr(href) ")";font-size:.85em}
        .findings .source{display:none}
        .tiles{grid-template-columns:repeat(4,1fr);gap:8pt}
        .tiles dd{font-size:17pt}
        .tiles dt,.tiles small{font-size:8.5pt}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
        }

        """
}
