// Carries out calls with the AWS SDK for Go: one request a line of JSON on standard input, one outcome a line on standard
// output. Where AWS is, and how often to try, the environment says (AWS_ENDPOINT_URL, AWS_MAX_ATTEMPTS). With the argument
// "identity" it prints who the SDK's default credentials are instead.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/account"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/identitystore"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/ssoadmin"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

type request struct {
	Service     string
	Operation   string
	Region      string
	Input       map[string]json.RawMessage
	Credentials struct{ AccessKeyID, SecretAccessKey, SessionToken string }
}

type refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Status  int    `json:"status"`
}

type outcome struct {
	Answer  any      `json:"answer,omitempty"`
	Refusal *refusal `json:"refusal,omitempty"`
	Failure string   `json:"failure,omitempty"`
}

var services = map[string]func(aws.Config) any{
	"account":       func(settings aws.Config) any { return account.NewFromConfig(settings) },
	"cloudtrail":    func(settings aws.Config) any { return cloudtrail.NewFromConfig(settings) },
	"ec2":           func(settings aws.Config) any { return ec2.NewFromConfig(settings) },
	"events":        func(settings aws.Config) any { return eventbridge.NewFromConfig(settings) },
	"iam":           func(settings aws.Config) any { return iam.NewFromConfig(settings) },
	"identitystore": func(settings aws.Config) any { return identitystore.NewFromConfig(settings) },
	"kms":           func(settings aws.Config) any { return kms.NewFromConfig(settings) },
	"organizations": func(settings aws.Config) any { return organizations.NewFromConfig(settings) },
	"s3":            func(settings aws.Config) any { return s3.NewFromConfig(settings, quiet) },
	"sns":           func(settings aws.Config) any { return sns.NewFromConfig(settings) },
	"sqs":           func(settings aws.Config) any { return sqs.NewFromConfig(settings) },
	"sso-admin":     func(settings aws.Config) any { return ssoadmin.NewFromConfig(settings) },
	"sts":           func(settings aws.Config) any { return sts.NewFromConfig(settings) },
}

// Part of an object has no checksum, and the client would say so on standard error.
func quiet(options *s3.Options) {
	options.DisableLogOutputChecksumValidationSkipped = true
}

func main() {
	settings, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		fail(err)
	}
	if len(os.Args) == 2 && os.Args[1] == "identity" {
		identify(settings)
		return
	}
	lines := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			fail(err)
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			fail(err)
		}
		if err := answers.Encode(carryOut(asked, settings)); err != nil {
			fail(err)
		}
	}
}

func identify(settings aws.Config) {
	caller, err := sts.NewFromConfig(settings).GetCallerIdentity(context.Background(), &sts.GetCallerIdentityInput{})
	if err != nil {
		fail(err)
	}
	fmt.Println(*caller.Arn)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func carryOut(asked request, settings aws.Config) outcome {
	keys := asked.Credentials
	settings.Region = asked.Region
	settings.Credentials = credentials.NewStaticCredentialsProvider(keys.AccessKeyID, keys.SecretAccessKey, keys.SessionToken)
	open, known := services[asked.Service]
	if !known {
		return outcome{Failure: "there is no client for the service " + asked.Service}
	}
	method := reflect.ValueOf(open(settings)).MethodByName(asked.Operation)
	if !method.IsValid() {
		return outcome{Failure: "the SDK for Go has no operation " + asked.Operation}
	}
	input, err := decodeInput(method.Type().In(1), asked.Input)
	if err != nil {
		return outcome{Failure: err.Error()}
	}
	// Every operation is func(context, *Input, ...func(*Options)) (*Output, error).
	results := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), input})
	if err, failed := results[1].Interface().(error); failed {
		return refused(err)
	}
	answer, err := plain(results[0])
	if err != nil {
		return outcome{Failure: err.Error()}
	}
	return outcome{Answer: answer}
}

// A body is a stream in Go, the one kind of member that JSON cannot fill.
func decodeInput(inputType reflect.Type, members map[string]json.RawMessage) (reflect.Value, error) {
	input := reflect.New(inputType.Elem())
	if raw, given := members["Body"]; given {
		var body string
		if err := json.Unmarshal(raw, &body); err != nil {
			return input, err
		}
		input.Elem().FieldByName("Body").Set(reflect.ValueOf(strings.NewReader(body)))
		delete(members, "Body")
	}
	rest, err := json.Marshal(members)
	if err != nil {
		return input, err
	}
	return input, json.Unmarshal(rest, input.Interface())
}

func refused(err error) outcome {
	var answered *awshttp.ResponseError
	var refusedByAWS smithy.APIError
	if errors.As(err, &answered) && errors.As(err, &refusedByAWS) {
		return outcome{Refusal: &refusal{refusedByAWS.ErrorCode(), refusedByAWS.ErrorMessage(), answered.HTTPStatusCode()}}
	}
	return outcome{Failure: err.Error()}
}
