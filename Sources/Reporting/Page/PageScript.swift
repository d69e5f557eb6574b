/// The page's only script: a click on a column's heading sorts the table by it.
///
/// The page is complete without it. It holds neither `<` nor `&`, so that the page stays XML.
enum PageScript {
  static let text = """
    'use strict';
    document.querySelectorAll('table thead th').forEach(head => {
      const button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', () => {
        const table = head.closest('table');
        const body = table.tBodies[0];
        const down = head.getAttribute('aria-sort') === 'ascending';
        table.querySelectorAll('th[aria-sort]').forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const key = row => {
          const cell = row.cells[head.cellIndex];
          const number = cell.getAttribute('data-key');
          return number === null ? cell.textContent : number === '' ? null : Number(number);
        };
        const order = (a, b) => typeof a === 'number' ? a - b : a.localeCompare(b);
        const rows = Array.from(body.rows);
        rows.sort((first, second) => {
          const a = key(first);
          const b = key(second);
          if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
          return down ? order(b, a) : order(a, b);
        });
        rows.forEach(row => body.appendChild(row));
      });
    });
    """
}
