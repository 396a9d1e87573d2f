internal import HTML

/// The box around a control with its label, hint and error message.
public struct FormGroup: Hashable, Sendable {
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes
    /// What stands before the control or controls.
    public var beforeInput: Content?
    /// What stands after the control or controls.
    public var afterInput: Content?

    /// A form group.
    public init(
        classes: String = "", attributes: Attributes = [:], beforeInput: Content? = nil, afterInput: Content? = nil
    ) {
        self.classes = classes
        self.attributes = attributes
        self.beforeInput = beforeInput
        self.afterInput = afterInput
    }

    /// Whether anything stands before or after the control.
    var hasNeighbours: Bool { beforeInput.filled != nil || afterInput.filled != nil }

    /// The control between what stands before and after it.
    func surround(_ control: Html) -> Html {
        """
        \(beforeInput)
        \(control)
        \(afterInput)
        """
    }

    /// The group around its parts.
    /// - Parameter hasError: whether it is marked as wrong.
    func wrap(_ inner: Html, hasError: Bool) -> Html {
        let names = classNames("govuk-form-group", hasError ? "govuk-form-group--error" : "", classes)
        return """
            <div class="\(names)"\(attributes)>
            \(inner)
            </div>
            """
    }
}

/// The label, hint and error message of a control, whose ids come from the control's.
struct FieldTexts {
    let label: Label?
    let hint: Hint?
    let errorMessage: ErrorMessage?
    private let description: String

    /// - Parameters:
    ///   - id: the control's id, or the prefix of the ids of several.
    ///   - describedBy: the ids of elements elsewhere that describe the control.
    init(id: String, label: Label? = nil, hint: Hint?, errorMessage: ErrorMessage?, describedBy: String) {
        self.label = label?.labelling(id)
        self.hint = hint?.identified(id + "-hint")
        self.errorMessage = errorMessage?.identified(id + "-error")
        description = classNames(describedBy, self.hint?.id ?? "", self.errorMessage?.id ?? "")
    }

    /// The value of `aria-describedby`, or nil when nothing describes the control.
    var describedBy: String? { description.isEmpty ? nil : description }

    var html: Html {
        """
        \(label)
        \(hint)
        \(errorMessage)
        """
    }
}
