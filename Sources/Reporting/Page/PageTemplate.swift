/// The page's template; well-formed as XML too, so that it can be checked.
///
/// Its content type is text because everything that fills it is `Markup`, escaped already. Each
/// template says so: a partial does not take it over.
enum PageTemplate {
  static let page = """
    {{% CONTENT_TYPE:TEXT}}
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"/>
    <title>{{title}} – {{eyebrow}}</title>
    <style>
    {{style}}
    </style>
    </head>
    <body>
    <header>
    <p class="eyebrow">{{eyebrow}}</p>
    <h1>{{title}}</h1>
    <p class="muted">{{subtitle}}</p>
    </header>
    <main>
    {{#banner}}
    <div class="banner" role="alert">
    <p><strong>{{message}}</strong></p>
    <ul>
    {{#reasons}}
    <li>{{.}}</li>
    {{/reasons}}
    </ul>
    </div>
    {{/banner}}
    <div class="cards">
    {{#cards}}
    <div class="card {{kind}}">
    <p class="label">{{label}}</p>
    <p class="value">{{value}}</p>
    {{#meter}}
    <div class="meter"><div class="fill" style="width:{{fill}}%"></div>{{#mark}}<div class="mark" style="left:{{.}}%"></div>{{/mark}}</div>
    {{/meter}}
    <p class="note">{{note}}</p>
    </div>
    {{/cards}}
    </div>
    <nav>
    {{#sections}}
    <a href="#{{id}}">{{heading}}</a>
    {{/sections}}
    </nav>
    {{#sections}}
    <section id="{{id}}">
    <h2>{{heading}}</h2>
    {{#blocks}}
    {{> block}}
    {{/blocks}}
    </section>
    {{/sections}}
    </main>
    <script>
    {{script}}
    </script>
    </body>
    </html>

    """

  static let block = """
    {{% CONTENT_TYPE:TEXT}}
    {{#subheading}}
    <h3>{{.}}</h3>
    {{/subheading}}
    {{#paragraphs}}
    <p>{{.}}</p>
    {{/paragraphs}}
    {{> facts}}
    {{#tables}}
    {{> table}}
    {{/tables}}
    {{> figures}}
    {{#details}}
    <details><summary>{{summary}}</summary>
    {{#code}}
    <pre>{{.}}</pre>
    {{/code}}
    {{> facts}}
    {{> figures}}
    {{#inner}}
    {{> table}}
    {{/inner}}
    </details>
    {{/details}}

    """

  static let facts = """
    {{% CONTENT_TYPE:TEXT}}
    {{#factLists}}
    <dl>
    {{#facts}}
    <div><dt>{{name}}</dt><dd>{{value}}</dd></div>
    {{/facts}}
    </dl>
    {{/factLists}}

    """

  static let figures = """
    {{% CONTENT_TYPE:TEXT}}
    {{#figureRows}}
    <div class="figures">
    {{#figures}}
    <figure class="{{kind}}"><figcaption>{{caption}}</figcaption>
    <div class="scroll">
    {{svg}}
    </div>
    {{#numbers}}
    <details class="numbers"><summary>Numbers</summary>
    {{> table}}
    </details>
    {{/numbers}}
    </figure>
    {{/figures}}
    </div>
    {{/figureRows}}

    """

  static let table = """
    {{% CONTENT_TYPE:TEXT}}
    <p class="caption">{{caption}}</p>
    <div class="scroll" tabindex="0">
    <table aria-label="{{caption}}">
    <thead><tr>
    {{#heads}}
    <th scope="col" class="{{kind}}"><span>{{name}}</span><span class="unit">{{unit}}</span></th>
    {{/heads}}
    </tr></thead>
    <tbody>
    {{#rows}}
    <tr class="{{kind}}">{{#cells}}<td class="{{kind}}"{{#key}} data-key="{{.}}"{{/key}}>{{text}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    {{#means}}
    <tfoot><tr>{{#cells}}<td class="{{kind}}">{{text}}</td>{{/cells}}</tr></tfoot>
    {{/means}}
    </table>
    </div>

    """
}
