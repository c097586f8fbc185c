/* A link in the text: to an address, or to a story of ours found by its headline. Takes the place of Wagtail's page chooser. */
(() => {
  const { React, DraftJS, draftail } = window;
  const known = draftail.registerPlugin({ type: 'DESK' }, 'entityTypes');
  delete known.DESK;

  const text = (value) => document.createTextNode(value);
  const make = (name, attributes, ...inside) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...inside);
    return made;
  };

  const dialogOf = (held, done) => {
    const field = make('input', { type: 'text', id: 'desk-link-address', name: 'address', autocomplete: 'off', spellcheck: 'false' });
    field.value = held;
    const found = make('ul', { 'aria-live': 'polite' });
    const label = make('label', { for: 'desk-link-address' }, text(window.gettext('Address, or how a story\'s headline begins')));
    const set = make('button', { type: 'submit', class: 'button' }, text(window.gettext('Link')));
    const leave = make('button', { type: 'button', class: 'button button-secondary' }, text(window.gettext('Cancel')));
    const form = make('form', { method: 'dialog' }, label, field, found, set, text(' '), leave);
    const dialog = make('dialog', { class: 'desk-link' }, form);
    const close = (address) => { dialog.remove(); done(address); };

    let asked = 0;
    field.addEventListener('input', () => {
      const at = ++asked;
      setTimeout(async () => {
        if (at !== asked || field.value.length < 2 || field.value.includes(':')) return;
        const answer = await fetch(`/desk/stories/find/?q=${encodeURIComponent(field.value)}`);
        const said = answer.ok ? await answer.json() : { stories: [] };
        found.replaceChildren(...said.stories.map((story) => {
          const choose = make('button', { type: 'button' }, text(`${story.headline} (${story.day})`));
          choose.addEventListener('click', () => close(`story:${story.uid}`));
          return make('li', {}, choose);
        }));
      }, 250);
    });
    form.addEventListener('submit', (event) => { event.preventDefault(); event.stopPropagation(); close(field.value.trim()); });
    leave.addEventListener('click', () => close(''));
    dialog.addEventListener('cancel', () => close(''));
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  };

  class LinkSource extends React.Component {
    componentDidMount() {
      const { editorState, entityKey, entity, onComplete, onClose } = this.props;
      const held = entity ? entity.getData().url || '' : '';
      this.dialog = dialogOf(held, (address) => {
        if (!address) { onClose(); return; }
        const content = editorState.getCurrentContent();
        const selection = editorState.getSelection();
        if (entityKey) {
          onComplete(DraftJS.EditorState.push(editorState, content.replaceEntityData(entityKey, { url: address }), 'apply-entity'));
          return;
        }
        const key = content.createEntity('LINK', 'MUTABLE', { url: address }).getLastCreatedEntityKey();
        if (selection.isCollapsed()) {
          const inserted = DraftJS.Modifier.insertText(content, selection, address, editorState.getCurrentInlineStyle(), key);
          onComplete(DraftJS.EditorState.push(editorState, inserted, 'insert-characters'));
          return;
        }
        onComplete(DraftJS.RichUtils.toggleLink(editorState, selection, key));
      });
    }

    componentWillUnmount() { this.dialog?.remove(); }

    render() { return null; }
  }

  known.LINK = { ...known.LINK, source: LinkSource };
})();
