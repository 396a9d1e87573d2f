public import HTML

/// A file to send: <https://design-system.service.gov.uk/components/file-upload/>.
public struct FileUpload: Component, Hashable {
    /// The texts that the script shows, where they are not the English ones.
    public struct Texts: Hashable, Sendable {
        /// “Choose file”.
        public var chooseFilesButton: String?
        /// “or drop file”.
        public var dropInstruction: String?
        /// “%{count} files chosen”.
        public var multipleFilesChosen: PluralTexts?
        /// “No file chosen”.
        public var noFileChosen: String?
        /// “Entered drop zone”, for screen readers.
        public var enteredDropZone: String?
        /// “Left drop zone”, for screen readers.
        public var leftDropZone: String?

        /// The English texts, until others are set.
        public init() {}
    }

    /// The name sent with the form.
    public var name: String
    /// The id; the name when nil.
    public var id: String?
    /// The label.
    public var label: Label?
    /// The hint.
    public var hint: Hint?
    /// What is wrong with the file.
    public var errorMessage: ErrorMessage?
    /// Whether several files may be sent.
    public var takesMultiple: Bool
    /// Whether the script makes it a place to drop files.
    public var isEnhanced: Bool
    /// The texts of the script.
    public var texts: Texts
    /// Whether it cannot be used.
    public var isDisabled: Bool
    /// The ids of further elements that describe the control.
    public var describedBy: String
    /// The box that the script makes a place to drop files.
    public var wrapper: Input.Wrapper
    /// The box around all parts.
    public var formGroup: FormGroup
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A file upload.
    public init(
        name: String, id: String? = nil, label: Label?, hint: Hint? = nil, errorMessage: ErrorMessage? = nil,
        takesMultiple: Bool = false, isEnhanced: Bool = false, texts: Texts = Texts(), isDisabled: Bool = false,
        describedBy: String = "", wrapper: Input.Wrapper = Input.Wrapper(), formGroup: FormGroup = FormGroup(),
        classes: String = "", attributes: Attributes = [:]
    ) {
        self.name = name
        self.id = id
        self.label = label
        self.hint = hint
        self.errorMessage = errorMessage
        self.takesMultiple = takesMultiple
        self.isEnhanced = isEnhanced
        self.texts = texts
        self.isDisabled = isDisabled
        self.describedBy = describedBy
        self.wrapper = wrapper
        self.formGroup = formGroup
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        let id = id ?? name
        let parts = FieldTexts(id: id, label: label, hint: hint, errorMessage: errorMessage, describedBy: describedBy)
        let names = classNames("govuk-file-upload", classes, errorMessage == nil ? "" : "govuk-file-upload--error")
        let input: Html = """
            <input class="\(names)" id="\(id)" name="\(name)" type="file"\("disabled", if: isDisabled)\
            \("multiple", if: takesMultiple)\("aria-describedby", optional: parts.describedBy)\(attributes)>
            """
        let control = formGroup.surround(isEnhanced ? enhanced(input) : input)
        return formGroup.wrap("\(parts.html)\n\(control)", hasError: errorMessage != nil)
    }

    private func enhanced(_ input: Html) -> Html {
        var settings = Attributes()
        settings.translate("choose-files-button", texts.chooseFilesButton)
        settings.translate("drop-instruction", texts.dropInstruction)
        settings.translate("multiple-files-chosen", texts.multipleFilesChosen)
        settings.translate("no-file-chosen", texts.noFileChosen)
        settings.translate("entered-drop-zone", texts.enteredDropZone)
        settings.translate("left-drop-zone", texts.leftDropZone)
        return """
            <div class="\(classNames("govuk-file-upload-wrapper", wrapper.classes))" \
            data-module="govuk-file-upload"\(settings)\(wrapper.attributes)>
            \(input)
            </div>
            """
    }
}
