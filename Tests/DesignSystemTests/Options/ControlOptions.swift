import DesignSystem
import HTML

extension Button {
    init(_ options: FixtureOptions) {
        let elements: [String: Element] = ["a": .link, "button": .button, "input": .input]
        self.init(
            text: options.contentOrNothing, href: options["href"].text,
            element: elements[options["element"].printed.lowercased()], type: options["type"].text ?? "submit",
            name: options["name"].text, value: options["value"].text, isDisabled: options["disabled"].isTrue,
            isStart: options["isStartButton"].isTrue, preventsDoubleClick: options["preventDoubleClick"].bool,
            id: options["id"].text, classes: options.classes, attributes: options.attributes)
        if element == .input { text = .text(options["text"].printed) }
    }
}

extension Input {
    init(_ options: FixtureOptions) {
        self.init(
            name: options["name"].printed, id: options["id"].text, label: options.label, hint: options.hint,
            errorMessage: options.errorMessage, value: options["value"].optional,
            type: options["type"].text ?? "text", inputMode: options["inputmode"].optional,
            autocomplete: options["autocomplete"].optional, autocapitalize: options["autocapitalize"].optional,
            pattern: options["pattern"].optional, checksSpelling: options.spelling,
            isDisabled: options["disabled"].isTrue, prefix: options.part("prefix", Affix.init),
            suffix: options.part("suffix", Affix.init), describedBy: options.describedBy,
            formGroup: options.formGroup(),
            wrapper: Wrapper(
                classes: options["inputWrapper"].classes, attributes: options["inputWrapper"].attributes),
            classes: options.classes, attributes: options.attributes)
    }
}

extension Input.Affix {
    init(_ options: FixtureOptions) {
        self.init(text: options.contentOrNothing, classes: options.classes, attributes: options.attributes)
    }
}

extension Textarea {
    init(_ options: FixtureOptions) {
        self.init(
            name: options["name"].printed, id: options["id"].text, label: options.label, hint: options.hint,
            errorMessage: options.errorMessage, value: options["value"].printed, rows: options["rows"].number ?? 5,
            checksSpelling: options.spelling, autocomplete: options["autocomplete"].optional,
            isDisabled: options["disabled"].isTrue, describedBy: options.describedBy,
            formGroup: options.formGroup(), classes: options.classes, attributes: options.attributes)
    }
}

extension CharacterCount {
    init(_ options: FixtureOptions) {
        var texts = Texts()
        texts.textareaDescription = options["textareaDescriptionText"].text
        texts.charactersUnderLimit = options["charactersUnderLimitText"].plurals
        texts.charactersAtLimit = options["charactersAtLimitText"].text
        texts.charactersOverLimit = options["charactersOverLimitText"].plurals
        texts.wordsUnderLimit = options["wordsUnderLimitText"].plurals
        texts.wordsAtLimit = options["wordsAtLimitText"].text
        texts.wordsOverLimit = options["wordsOverLimitText"].plurals
        let characters = options["maxlength"].number
        let limit: Limit =
            options["maxwords"].number.map { .words($0, characters: characters) }
            ?? characters.map { .characters($0) } ?? .scripted
        self.init(
            Textarea(options), limit: limit, threshold: options["threshold"].number, texts: texts,
            messageClasses: options["countMessage"].classes)
    }
}

extension PasswordInput {
    init(_ options: FixtureOptions) {
        var texts = Texts()
        texts.showPassword = options["showPasswordText"].text
        texts.hidePassword = options["hidePasswordText"].text
        texts.showPasswordAriaLabel = options["showPasswordAriaLabelText"].text
        texts.hidePasswordAriaLabel = options["hidePasswordAriaLabelText"].text
        texts.passwordShownAnnouncement = options["passwordShownAnnouncementText"].text
        texts.passwordHiddenAnnouncement = options["passwordHiddenAnnouncementText"].text
        self.init(
            name: options["name"].printed, id: options["id"].text, label: options.label, hint: options.hint,
            errorMessage: options.errorMessage, value: options["value"].optional,
            autocomplete: options["autocomplete"].text ?? "current-password",
            isDisabled: options["disabled"].isTrue, describedBy: options.describedBy, texts: texts,
            buttonClasses: options["button"].classes, formGroup: options.formGroup(), classes: options.classes,
            attributes: options.attributes)
    }
}

extension FileUpload {
    init(_ options: FixtureOptions) {
        var texts = Texts()
        texts.chooseFilesButton = options["chooseFilesButtonText"].text
        texts.dropInstruction = options["dropInstructionText"].text
        texts.multipleFilesChosen = options["multipleFilesChosenText"].plurals
        texts.noFileChosen = options["noFileChosenText"].text
        texts.enteredDropZone = options["enteredDropZoneText"].text
        texts.leftDropZone = options["leftDropZoneText"].text
        self.init(
            name: options["name"].printed, id: options["id"].text, label: options.label, hint: options.hint,
            errorMessage: options.errorMessage, takesMultiple: options["multiple"].isTrue,
            isEnhanced: options["javascript"].isTrue, texts: texts, isDisabled: options["disabled"].isTrue,
            describedBy: options.describedBy,
            wrapper: Input.Wrapper(
                classes: options["wrapperClasses"].text ?? "",
                attributes: FixtureOptions.attributes(options["wrapperAttributes"].json)),
            formGroup: options.formGroup(), classes: options.classes, attributes: options.attributes)
    }
}

extension Select {
    init(_ options: FixtureOptions) {
        let items = options["items"].items.filter(\.isTrue).map { item in
            Item(
                value: item["value"].isAbsent ? nil : item["value"].printed, text: item["text"].printed,
                isSelected: item["selected"].bool, isDisabled: item["disabled"].isTrue, attributes: item.attributes)
        }
        self.init(
            name: options["name"].printed, id: options["id"].text, label: options.label, items: items,
            value: options["value"].text, hint: options.hint, errorMessage: options.errorMessage,
            isDisabled: options["disabled"].isTrue, describedBy: options.describedBy, formGroup: options.formGroup(),
            classes: options.classes, attributes: options.attributes)
    }
}

extension DateInput {
    init(_ options: FixtureOptions) {
        let items = options["items"].items.filter(\.isTrue).map { item in
            Item(
                name: item["name"].printed, label: item["label"].text, id: item["id"].text,
                value: item["value"].optional, inputMode: item["inputmode"].text ?? "numeric",
                autocomplete: item["autocomplete"].optional, pattern: item["pattern"].optional,
                classes: item.classes, attributes: item.attributes)
        }
        self.init(
            id: options["id"].printed, namePrefix: options["namePrefix"].text,
            items: items.isEmpty ? DateInput.dayMonthYear : items, fieldset: options.fieldset, hint: options.hint,
            errorMessage: options.errorMessage, formGroup: options.formGroup("beforeInputs", "afterInputs"),
            classes: options.classes, attributes: options.attributes)
    }
}
